package dev.auscult.model;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.io.InputStream;
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
   * Puts the model's files where they can be mapped.
   *
   * @param cache the user's cache
   * @return their folder
   * @throws InputException if the library was built without this model
   */
  Path extract(Path cache) {
    return new BundledFiles(SPEC + "-" + variant, files()).placeIn(cache);
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
