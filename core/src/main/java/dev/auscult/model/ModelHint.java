package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * What a user says of a model in a file {@value Registry#HINT} beside its weights: <code>
 * {"model": "chexzero"}</code> where its files do not tell which published model they are, {@code
 * {"image_size": 448}} to open a vision transformer for images of another size than it was trained
 * with.
 *
 * @param file which says so; empty if the model is known by its name on the hub, or not at all
 * @param model the entry of the registry; empty if none is named
 * @param imageSize side in pixels; empty for the size that the model was trained with
 */
record ModelHint(Optional<String> file, Optional<PublishedModel> model, OptionalInt imageSize) {
  private static final String MODEL = "model";
  private static final String IMAGE_SIZE = "image_size";
  private static final int MOST_PIXELS = 1 << 14;

  /** Attention takes memory with the fourth power of this. */
  private static final int MOST_PATCHES = 64;

  /** Nothing is said. */
  static ModelHint none() {
    return new ModelHint(Optional.empty(), Optional.empty(), OptionalInt.empty());
  }

  /** The registry knows the model by its name. */
  static ModelHint of(Optional<PublishedModel> known) {
    return new ModelHint(Optional.empty(), known, OptionalInt.empty());
  }

  /**
   * What is said of a folder, or of the folder of a file.
   *
   * @throws InputException if the file has other keys, names no known model or no possible size
   */
  static ModelHint beside(Path folderOrFile, Registry registry) {
    Path folder =
        Files.isDirectory(folderOrFile)
            ? folderOrFile
            : folderOrFile.toAbsolutePath().resolveSibling("");
    Path file = folder.resolve(Registry.HINT);
    return Files.exists(file)
        ? parse(JsonFile.readDistinct(file), file.toString(), registry)
        : none();
  }

  private static ModelHint parse(JsonNode said, String file, Registry registry) {
    List<String> known = List.of(MODEL, IMAGE_SIZE);
    for (String key : said.propertyNames()) {
      if (!known.contains(key)) {
        throw new InputException(
            file,
            "the key \"" + key + "\"",
            "only \"" + MODEL + "\" and \"" + IMAGE_SIZE + "\"",
            "remove it: everything else comes from the files of the model itself");
      }
    }
    if (said.isEmpty()) {
      throw new InputException(
          file,
          "no key",
          "\"" + MODEL + "\", \"" + IMAGE_SIZE + "\" or both",
          "add one, or remove the file");
    }
    return new ModelHint(Optional.of(file), model(said, file, registry), imageSize(said, file));
  }

  private static Optional<PublishedModel> model(JsonNode said, String file, Registry registry) {
    if (!said.has(MODEL)) {
      return Optional.empty();
    }
    String id = said.path(MODEL).asString("");
    List<String> ids = registry.models().stream().map(PublishedModel::id).toList();
    return Optional.of(
        registry
            .byId(id)
            .orElseThrow(
                () ->
                    new InputException(
                        file,
                        "the model \"" + id + "\"",
                        "one of " + String.join(", ", ids),
                        "correct the name, or remove the file")));
  }

  private static OptionalInt imageSize(JsonNode said, String file) {
    if (!said.has(IMAGE_SIZE)) {
      return OptionalInt.empty();
    }
    JsonNode size = said.path(IMAGE_SIZE);
    if (!size.isIntegralNumber()
        || !size.canConvertToInt()
        || size.intValue() < 1
        || size.intValue() > MOST_PIXELS) {
      throw new InputException(
          file,
          "\"%s\": %s".formatted(IMAGE_SIZE, size),
          "the side of the images in pixels, a whole number",
          "correct it, or remove it for the size that the model was trained with");
    }
    return OptionalInt.of(size.intValue());
  }

  /**
   * A vision transformer for images of the size that is asked for.
   *
   * @throws InputException if its patches do not tile such images, or there would be too many
   */
  VisionTransformerConfig sized(
      VisionTransformerConfig trained, PatchPositions.Resampling resampling) {
    int size = imageSize.orElse(trained.grid().imageSize());
    int patch = trained.grid().patchSize();
    int most = Math.max(MOST_PATCHES, trained.grid().side()) * patch;
    if (size % patch != 0 || size > most) {
      throw wrongSize(
          "a multiple of %d, the side of its patches, up to %d".formatted(patch, most),
          "take %d"
              .formatted(Math.min(most, patch * Math.max(1, Math.round(size / (float) patch)))));
    }
    return trained.resized(size, resampling);
  }

  /**
   * What a user's file says that changes what the model computes, as names and values: a part of
   * its configuration. A model that is named for its licence alone changes nothing.
   */
  List<String> choices() {
    List<String> choices = new ArrayList<>();
    model
        .filter(known -> file.isPresent() && known.replacesFiles())
        .ifPresent(known -> choices.addAll(List.of(MODEL, known.id())));
    imageSize.ifPresent(size -> choices.addAll(List.of(IMAGE_SIZE, Integer.toString(size))));
    return List.copyOf(choices);
  }

  /** The error for a model that cannot take images of the size that is asked for. */
  InputException wrongSize(String expected, String remedy) {
    return new InputException(
        file.orElse(Registry.HINT),
        "\"%s\": %d".formatted(IMAGE_SIZE, imageSize.orElse(0)),
        expected,
        remedy);
  }
}
