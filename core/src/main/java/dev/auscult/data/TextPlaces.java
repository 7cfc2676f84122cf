package dev.auscult.data;

import dev.auscult.base.InputException;
import dev.auscult.image.lettering.Box;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where images carry text, as a person has marked it.
 *
 * @param byImage the places of each image by its file name; none where it was looked at and has
 *     none
 */
public record TextPlaces(Map<String, List<Box>> byImage) {

  /** Copies the map. */
  public TextPlaces {
    byImage = Map.copyOf(byImage);
  }

  /**
   * Reads a CSV with the columns {@code image} (file name), {@code left}, {@code top}, {@code
   * right}, {@code bottom} (pixels; the last two are the first column and row after the place). A
   * row without numbers says that an image has no text.
   *
   * @throws InputException if it cannot be read, or a place is none
   */
  public static TextPlaces read(Path file) {
    Map<String, List<Box>> byImage = new TreeMap<>();
    CsvTable.read(
        file,
        List.of("image", "left", "top", "right", "bottom"),
        row -> {
          List<Box> places =
              byImage.computeIfAbsent(required(file, row, "image"), image -> new ArrayList<>());
          if (row.value("left").isPresent()) {
            places.add(box(file, row));
          }
        });
    if (byImage.isEmpty()) {
      throw new InputException(
          file.toString(), "no row", "a row for each marked place", "check the file");
    }
    return new TextPlaces(byImage);
  }

  private static Box box(Path file, Entry row) {
    int left = number(file, row, "left");
    int top = number(file, row, "top");
    int right = number(file, row, "right");
    int bottom = number(file, row, "bottom");
    if (left < 0 || top < 0 || right <= left || bottom <= top) {
      throw new InputException(
          file + " line " + row.line(),
          "the place %d, %d to %d, %d".formatted(left, top, right, bottom),
          "left below right and top below bottom, from 0",
          "correct the row");
    }
    return new Box(left, top, right - left, bottom - top);
  }

  private static String required(Path file, Entry row, String column) {
    return row.value(column)
        .orElseThrow(
            () ->
                new InputException(
                    file + " line " + row.line(),
                    "no " + column,
                    "a value in each row",
                    "correct the row"));
  }

  private static int number(Path file, Entry row, String column) {
    String text = required(file, row, column);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InputException(
          file + " line " + row.line(),
          "'" + text + "' as " + column,
          "a whole number of pixels",
          "correct the row",
          e);
    }
  }

  /** The places of a sample's image; empty where it was not looked at. */
  public Optional<List<Box>> of(Sample sample) {
    String name = sample.image().name();
    return Optional.ofNullable(byImage.get(name.substring(name.lastIndexOf('/') + 1)));
  }
}
