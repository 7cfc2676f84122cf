package dev.auscult.model;

import dev.auscult.base.AtomicFile;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The small models that come with the library, trained on synthetic radiographs. */
public enum PhantomModel {
  /** Trained on findings that only the image and the caption give away. */
  BALANCED("balanced"),
  /** Trained where text burned into the image gives the finding away. */
  OVERLAY_SHORTCUT("overlay-shortcut"),
  /** Trained where the caption's wording gives the finding away. */
  TEXT_SHORTCUT("text-shortcut");

  /** Printed whenever one of them is used. */
  public static final String NOTICE =
      "This model was trained on synthetic phantom radiographs and understands nothing else; its"
          + " results on real images mean nothing.";

  private static final String SPEC = "phantom";
  private static final List<String> REQUIRED =
      List.of("config.json", "model.safetensors", "preprocessor_config.json", "tokenizer.json");
  private static final List<String> OPTIONAL =
      List.of("tokenizer_config.json", "special_tokens_map.json");

  private final String variant;

  PhantomModel(String variant) {
    this.variant = variant;
  }

  /** Its name after the colon. */
  public String variant() {
    return variant;
  }

  /** How the user names it: {@code phantom} or {@code phantom:variant}. */
  public String spec() {
    return this == BALANCED ? SPEC : SPEC + ":" + variant;
  }

  /**
   * The model that {@code spec} names, or empty if it names no phantom.
   *
   * @throws InputException if it names a variant that does not exist
   */
  static Optional<PhantomModel> named(String spec) {
    if (!spec.equals(SPEC) && !spec.startsWith(SPEC + ":")) {
      return Optional.empty();
    }
    String wanted = spec.equals(SPEC) ? BALANCED.variant : spec.substring(SPEC.length() + 1);
    return Optional.of(
        Arrays.stream(values())
            .filter(model -> model.variant.equals(wanted))
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        "model " + spec,
                        "no such phantom",
                        "one of "
                            + String.join(
                                ", ", Arrays.stream(values()).map(PhantomModel::spec).toList()),
                        "name one of these")));
  }

  /**
   * Puts the model's files where they can be mapped, unless they are there already: in a folder
   * named after their content, each file compared with the original.
   *
   * @param cache the user's cache; if it cannot be written, a temporary folder serves instead
   * @return the folder
   * @throws InputException if the library was built without this model
   */
  Path extract(Path cache) {
    Map<String, byte[]> files = files();
    List<String> parts =
        files.entrySet().stream()
            .flatMap(file -> List.of(file.getKey(), ContentHash.of(file.getValue()).hex()).stream())
            .toList();
    String folder = variant + "-" + ContentHash.of(parts.toArray(String[]::new)).abbreviated();
    try {
      return write(files, cache.resolve(SPEC).resolve(folder));
    } catch (IOException unwritable) {
      return writeTemporary(files);
    }
  }

  private Path writeTemporary(Map<String, byte[]> files) {
    try {
      Path folder = write(files, Files.createTempDirectory("auscult-" + variant));
      folder.toFile().deleteOnExit();
      files.keySet().forEach(name -> folder.resolve(name).toFile().deleteOnExit());
      return folder;
    } catch (IOException e) {
      throw new InputException(
          "model " + spec(),
          "neither the cache nor the temporary folder can be written (" + e.getMessage() + ")",
          "a few megabytes of room",
          "set AUSCULT_CACHE to a folder that can be written",
          e);
    }
  }

  private static Path write(Map<String, byte[]> files, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      if (!Files.isRegularFile(target)
          || Files.size(target) != file.getValue().length
          || !Arrays.equals(Files.readAllBytes(target), file.getValue())) {
        AtomicFile.write(target, out -> out.write(file.getValue()));
      }
    }
    return folder;
  }

  private Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : REQUIRED) {
      files.put(
          name,
          resource(name)
              .orElseThrow(
                  () ->
                      new InputException(
                          "model " + spec(),
                          "no " + name + " in this build of the library",
                          "a model that was trained and packed with it",
                          "use a release build, or name a folder that holds a checkpoint")));
    }
    OPTIONAL.forEach(name -> resource(name).ifPresent(bytes -> files.put(name, bytes)));
    return files;
  }

  private Optional<byte[]> resource(String name) {
    try (InputStream in =
        PhantomModel.class.getResourceAsStream("phantom/" + variant + "/" + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new InputException(
          "model " + spec(),
          name + " unreadable in the jar (" + e.getMessage() + ")",
          "an intact jar",
          "build or download the library again",
          e);
    }
  }
}
