package dev.auscult.balance;

import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import dev.auscult.model.PatchGrid;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which cells of an image are players. */
public sealed interface ImagePlayers extends Labelled {

  /**
   * The cells for one sample.
   *
   * @param textPlayers players of the sample's text
   */
  CellGrid cells(PatchGrid patches, int textPlayers);

  /** Whether the cells depend on the text, so that an image's passes cannot serve several texts. */
  default boolean dependsOnText() {
    return false;
  }

  /** The encoder's own patches. */
  record NativeGrid() implements ImagePlayers {
    @Override
    public String label() {
      return "native-grid";
    }

    @Override
    public CellGrid cells(PatchGrid patches, int textPlayers) {
      return CellGrid.covering(patches.imageSize(), patches.side());
    }
  }

  /** p x p cells that cover the image, p the rounded-up square root of the text's players. */
  record SquareOfTokens() implements ImagePlayers {
    @Override
    public String label() {
      return "sqrt";
    }

    @Override
    public CellGrid cells(PatchGrid patches, int textPlayers) {
      return CellGrid.covering(patches.imageSize(), side(textPlayers));
    }

    @Override
    public boolean dependsOnText() {
      return true;
    }

    static int side(int textPlayers) {
      return Math.max(1, (int) Math.ceil(Math.sqrt(textPlayers)));
    }
  }

  /**
   * As {@link SquareOfTokens}, with the cells of the code of Parcalabescu and Frank 2023: {@code
   * floor(size / p)} pixels wide, so that a margin at the right and at the bottom is always
   * present.
   */
  record SquareWithMargin() implements ImagePlayers {
    @Override
    public String label() {
      return "sqrt-2023";
    }

    @Override
    public CellGrid cells(PatchGrid patches, int textPlayers) {
      return CellGrid.withMargin(patches.imageSize(), SquareOfTokens.side(textPlayers));
    }

    @Override
    public boolean dependsOnText() {
      return true;
    }
  }

  /**
   * p x p cells that cover the image.
   *
   * @param side {@code p}
   */
  record Square(int side) implements ImagePlayers {
    @Override
    public String label() {
      return side + "x" + side;
    }

    @Override
    public CellGrid cells(PatchGrid patches, int textPlayers) {
      if (side > patches.imageSize()) {
        throw new InputException(
            "--image-players " + label(),
            "more cells than the model's %d x %d pixels"
                .formatted(patches.imageSize(), patches.imageSize()),
            "at most %dx%d".formatted(patches.imageSize(), patches.imageSize()),
            "use --image-players native-grid");
      }
      return CellGrid.covering(patches.imageSize(), side);
    }
  }

  /**
   * The players of that name: {@code native-grid}, {@code sqrt}, {@code sqrt-2023}, or e.g. {@code
   * 7x7}.
   *
   * @throws InputException if it names none
   */
  static ImagePlayers named(String label) {
    Matcher square = Pattern.compile("(\\d{1,4})x(\\d{1,4})").matcher(label);
    if (square.matches() && square.group(1).equals(square.group(2)) && !label.startsWith("0")) {
      return new Square(Integer.parseInt(square.group(1)));
    }
    return switch (label) {
      case "native-grid" -> new NativeGrid();
      case "sqrt" -> new SquareOfTokens();
      case "sqrt-2023" -> new SquareWithMargin();
      default ->
          throw new UsageException(
              "--image-players",
              "\"" + label + "\"",
              "native-grid, sqrt, sqrt-2023, or as many rows as columns, e.g. 7x7",
              "use --image-players native-grid");
    };
  }
}
