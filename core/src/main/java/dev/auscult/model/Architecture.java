package dev.auscult.model;

import dev.auscult.base.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The architectures that can be built from a checkpoint, named as in its configuration. */
enum Architecture {
  /** Hugging Face's CLIPModel. */
  CLIP("clip", "CLIPModel");

  private final String modelType;
  private final String className;

  Architecture(String modelType, String className) {
    this.modelType = modelType;
    this.className = className;
  }

  /**
   * The architecture that a {@code config.json} asks for.
   *
   * @throws InputException naming what it asks for and what there is
   */
  static Architecture of(JsonNode config, String file) {
    String type = config.path("model_type").asString("");
    List<String> classes =
        config
            .path("architectures")
            .valueStream()
            .map(name -> name.asString(""))
            .filter(name -> !name.isEmpty())
            .toList();
    for (Architecture known : values()) {
      boolean named = classes.isEmpty() || classes.contains(known.className);
      if (named && (type.equals(known.modelType) || (type.isEmpty() && !classes.isEmpty()))) {
        return known;
      }
    }
    String found = classes.isEmpty() ? "" : " (" + String.join(", ", classes) + ")";
    throw new InputException(
        file,
        type.isEmpty() && classes.isEmpty()
            ? "no model_type"
            : "the architecture \"" + type + "\"" + found,
        "one of " + descriptions(),
        "use a checkpoint of one of these architectures");
  }

  /** All of them, for messages. */
  static String descriptions() {
    return Arrays.stream(values())
        .map(known -> "%s (%s)".formatted(known.modelType, known.className))
        .collect(Collectors.joining(", "));
  }
}
