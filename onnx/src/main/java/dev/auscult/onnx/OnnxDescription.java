package dev.auscult.onnx;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.JsonFile;
import dev.auscult.model.ConfigSection;
import dev.auscult.model.PatchGrid;
import dev.auscult.model.Preprocessing;
import dev.auscult.model.ScoreFunction;
import dev.auscult.model.ScoreFunction.Probability;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What an {@code auscult-onnx.json} says.
 *
 * @param file the description itself
 * @param family the architecture in words
 * @param image the image encoder
 * @param text the text encoder
 * @param score how a cosine becomes a score
 */
record OnnxDescription(Path file, String family, Image image, Text text, ScoreFunction score) {
  private static final int MAX_SIDE = 4096;
  private static final int MAX_CONTEXT = 1 << 16;

  /** The stride of networks whose patches nobody named, as of residual networks. */
  private static final int USUAL_STRIDE = 32;

  /**
   * The image encoder.
   *
   * @param file the network
   * @param input the name of its input {@code [n, 3, size, size]}
   * @param output the name of its output {@code [n, d]}
   * @param grid its input in patches
   * @param preprocessing where the transform is described
   */
  record Image(
      Path file, String input, String output, PatchGrid grid, Preprocessing preprocessing) {}

  /**
   * The text encoder.
   *
   * @param file the network
   * @param ids the name of its input of ids {@code [n, length]}
   * @param attentionMask the name of its input {@code [n, length]} that is 0 where nothing attends
   * @param position the name of its input {@code [n]}, where each text is read
   * @param output the name of its output {@code [n, d]}
   * @param contextLength the largest number of ids
   * @param padding how far rows are filled
   * @param reading where a whole text is read
   * @param tokenizer the folder with the tokenizer's files
   */
  record Text(
      Path file,
      String ids,
      Optional<String> attentionMask,
      Optional<String> position,
      String output,
      int contextLength,
      Padding padding,
      Reading reading,
      Path tokenizer) {}

  /** How far the rows of a batch are filled. */
  enum Padding {
    /** To the longest text of the batch: what fills a row changes nothing. */
    LONGEST,
    /** To the context length, as in training. */
    CONTEXT
  }

  /** Where a whole text is read. */
  enum Reading {
    /** At its first end token (CLIP). */
    FIRST_END_TOKEN,
    /** At the first of its largest id (CLIP of old configurations). */
    LARGEST_ID,
    /** Wherever masking moves nothing: at a fixed place, or everywhere. */
    FIXED
  }

  /**
   * Reads a description.
   *
   * @throws InputException naming the key at fault, an unknown one too
   */
  static OnnxDescription read(Path file) {
    ConfigSection root = new ConfigSection(file.toString(), "", JsonFile.readDistinct(file));
    Reader reader = new Reader(file, root);
    reader.known(root, "family", "image", "text", "score");
    return new OnnxDescription(
        file,
        root.text("family", "dual encoder"),
        reader.image(root.inner("image")),
        reader.text(root.inner("text")),
        reader.score(root.inner("score")));
  }

  /** The sections of one file. */
  private record Reader(Path file, ConfigSection root) {

    Image image(ConfigSection section) {
      known(section, "file", "input", "output", "size", "patch_size", "preprocessing");
      return new Image(
          path(section, "file"),
          required(section, "input"),
          required(section, "output"),
          grid(section),
          choice(
              section,
              "preprocessing",
              Optional.of(Preprocessing.OWN),
              Preprocessing.values(),
              Preprocessing::key));
    }

    private static PatchGrid grid(ConfigSection section) {
      int size = section.required("size", 1, MAX_SIDE);
      int patch = section.integer("patch_size", USUAL_STRIDE, 1, MAX_SIDE);
      if (size % patch != 0) {
        throw section.bad("patch_size", patch, "a divisor of the size " + size);
      }
      return new PatchGrid(size, patch);
    }

    Text text(ConfigSection section) {
      known(
          section,
          "file",
          "ids",
          "attention_mask",
          "position",
          "output",
          "context_length",
          "padding",
          "reads",
          "tokenizer");
      Optional<String> mask = optional(section, "attention_mask");
      return new Text(
          path(section, "file"),
          required(section, "ids"),
          mask,
          optional(section, "position"),
          required(section, "output"),
          section.required("context_length", 1, MAX_CONTEXT),
          choice(
              section,
              "padding",
              Optional.of(mask.isPresent() ? Padding.LONGEST : Padding.CONTEXT),
              Padding.values(),
              OnnxDescription::key),
          choice(section, "reads", Optional.empty(), Reading.values(), OnnxDescription::key),
          section.text("tokenizer", ".").equals(".") ? folder() : path(section, "tokenizer"));
    }

    ScoreFunction score(ConfigSection section) {
      known(section, "scale", "bias", "probability");
      double scale = section.number("scale", Double.NaN, Double.MIN_VALUE, 1e6);
      if (Double.isNaN(scale)) {
        throw section.bad("scale", "absent", "the factor on the cosine, exp of the logit scale");
      }
      return new ScoreFunction(
          scale,
          section.number("bias", 0, -1e6, 1e6),
          choice(
              section,
              "probability",
              Optional.of(Probability.SOFTMAX),
              Probability.values(),
              OnnxDescription::key));
    }

    void known(ConfigSection section, String... keys) {
      for (String key : section.node().propertyNames()) {
        if (!List.of(keys).contains(key)) {
          throw section.bad(key, "an unknown key", "one of " + String.join(", ", keys));
        }
      }
    }

    private Path folder() {
      return file.toAbsolutePath().resolveSibling("");
    }

    private Path path(ConfigSection section, String key) {
      String name = required(section, key);
      return RelativePath.in(folder(), name)
          .orElseThrow(() -> section.bad(key, name, "a path inside the folder of the description"));
    }

    private static String required(ConfigSection section, String key) {
      return optional(section, key).orElseThrow(() -> section.bad(key, "nothing", "a name"));
    }

    private static Optional<String> optional(ConfigSection section, String key) {
      return Optional.of(section.text(key, "")).filter(text -> !text.isBlank());
    }

    /** One of several values by its name; {@code absent} if the key is absent. */
    private static <T> T choice(
        ConfigSection section,
        String key,
        Optional<T> absent,
        T[] values,
        Function<T, String> name) {
      String found = section.text(key, absent.map(name).orElse("absent"));
      return Stream.of(values)
          .filter(value -> name.apply(value).equals(found))
          .findFirst()
          .orElseThrow(
              () -> section.bad(key, found, "one of " + Arrays.stream(values).map(name).toList()));
    }
  }

  private static String key(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
