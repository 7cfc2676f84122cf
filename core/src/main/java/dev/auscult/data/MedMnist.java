package dev.auscult.data;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.image.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;

/**
 * Reads a file of MedMNIST (Yang et al. 2023): {@code NAME.npz} or {@code NAME_SIZE.npz} with the
 * arrays {@code train_images}, {@code train_labels}, and the same for {@code val} and {@code test};
 * or a folder with one such file. Images are read one by one. The label is the class's name as
 * published; of several labels per image each is an attribute {@code label.NAME}. Patients are not
 * published.
 */
final class MedMnist {
  private static final String CLASSES = "medmnist-classes.csv";
  private static final long MAX_PIXELS = 64_000_000;

  /** The largest set has 236,386; a file of a few kilobytes can claim any number. */
  private static final int MAX_IMAGES = 500_000;

  private static final Map<String, String> SPLITS =
      Map.of("train", "train", "val", "validation", "test", "test");

  private final Gathering gathering;
  private final ZipFile archive;
  private final Map<Long, String> names;

  private MedMnist(Path file, ZipFile archive) {
    this.gathering = new Gathering("medmnist", file);
    this.archive = archive;
    this.names = classNames(file);
  }

  static Dataset read(Path path) {
    Path file = file(path);
    MedMnist reader = new MedMnist(file, open(file));
    for (String part : List.of("train", "val", "test")) {
      reader.readPart(part);
    }
    return reader.gathering.dataset();
  }

  private static Path file(Path path) {
    if (!Files.isDirectory(path)) {
      return path;
    }
    List<String> found = DatasetFolder.of(path).files("", ".npz");
    if (found.size() != 1) {
      throw new InputException(
          path.toString(),
          found.size() + " files ending in .npz",
          "one file of MedMNIST",
          "name the file itself");
    }
    return path.resolve(found.get(0));
  }

  /** Open as long as any image of it may be asked for. */
  private static ZipFile open(Path file) {
    try {
      return new ZipFile(file.toFile());
    } catch (IOException e) {
      throw new InputException(
          file.toString(),
          Files.exists(file) ? "no npz archive (" + e.getMessage() + ")" : "no such file",
          "a file of MedMNIST, NAME.npz",
          "check the path or download it again",
          e);
    }
  }

  private void readPart(String part) {
    NumpyArray images = NumpyArray.of(archive, part + "_images");
    checkImages(images);
    NumpyArray labelled = NumpyArray.of(archive, part + "_labels");
    List<Integer> shape = labelled.header().shape();
    int count = images.header().shape().get(0);
    if (shape.size() > 2 || shape.get(0) != count || labelled.header().count(1, "") < 1) {
      throw NumpyHeader.broken(
          labelled.subject(), "labels of shape %s for %d images".formatted(shape, count));
    }
    int columns = shape.size() == 2 ? shape.get(1) : 1;
    long[] labels = labelled.integers();
    for (int i = 0; i < count; i++) {
      SampleBuilder sample =
          new SampleBuilder(part + "-" + i, new Item(images, i, part + "-" + i))
              .split(Optional.ofNullable(SPLITS.get(part)));
      if (columns == 1) {
        sample.label(Optional.of(name(labels[i])));
      }
      for (int c = 0; columns > 1 && c < columns; c++) {
        sample.attribute("label." + name(c), Optional.of(Long.toString(labels[i * columns + c])));
      }
      gathering.add(sample.build());
    }
  }

  private static void checkImages(NumpyArray images) {
    NumpyHeader header = images.header();
    int dimensions = header.shape().size();
    boolean flat = dimensions == 3 || (dimensions == 4 && header.shape().get(3) == 3);
    boolean bytes = header.type().substring(1).equals("u1");
    if (dimensions == 4 && !flat) {
      throw new InputException(
          images.subject(), "volumes", "images of two dimensions", "use a 2D set of MedMNIST");
    }
    if (header.shape().get(0) > MAX_IMAGES) {
      throw NumpyHeader.broken(images.subject(), header.shape().get(0) + " images");
    }
    long pixels = header.count(1, images.subject());
    if (!flat || !bytes || header.columnMajor() || pixels < 1 || pixels > 3 * MAX_PIXELS) {
      throw NumpyHeader.broken(
          images.subject(),
          "%s values of shape %s, no 8-bit images".formatted(header.type(), header.shape()));
    }
  }

  private String name(long label) {
    return names.getOrDefault(label, Long.toString(label));
  }

  /** The names of the classes of the set that a file is called after. */
  private static Map<Long, String> classNames(Path file) {
    String set = String.valueOf(file.getFileName()).replaceFirst("(_\\d+)?\\.npz$", "");
    Map<Long, String> names = new HashMap<>();
    try (InputStream in = MedMnist.class.getResourceAsStream(CLASSES)) {
      if (in == null) {
        throw new IllegalStateException("missing from the jar: " + CLASSES);
      }
      CsvReader.builder()
          .ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))
          .stream()
          .filter(row -> row.getField("set").equals(set))
          .forEach(row -> names.put(Long.valueOf(row.getField("label")), row.getField("name")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  /**
   * An image within an array of 8-bit values, {@code [n, height, width]} or {@code [n, height,
   * width, 3]}.
   *
   * @param images the array
   * @param index which of its images
   * @param name what messages call it
   */
  private record Item(NumpyArray images, int index, String name) implements ImageSource {

    @Override
    public RgbImage read() {
      List<Integer> shape = images.header().shape();
      byte[] values = images.item(index);
      return new RgbImage(shape.get(2), shape.get(1), shape.size() == 4 ? values : spread(values));
    }

    private static byte[] spread(byte[] gray) {
      byte[] rgb = new byte[3 * gray.length];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = gray[i / 3];
      }
      return rgb;
    }

    @Override
    public ContentHash hash() {
      return ContentHash.of(images.item(index));
    }
  }
}
