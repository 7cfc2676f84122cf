package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a Hugging Face {@code config.json} says it describes.
 *
 * @param type its {@code model_type}; empty if there is none
 * @param classes its {@code architectures}
 */
record ModelType(String type, List<String> classes) {

  static ModelType of(Checkpoint checkpoint) {
    return checkpoint.json("config.json").map(ModelType::of).orElse(new ModelType("", List.of()));
  }

  private static ModelType of(ObjectNode config) {
    return new ModelType(
        config.path("model_type").asString(""),
        config
            .path("architectures")
            .valueStream()
            .map(name -> name.asString(""))
            .filter(name -> !name.isEmpty())
            .toList());
  }

  /** Whether it is of that type and, where it names classes, of that class. */
  boolean is(String wantedType, String wantedClass) {
    boolean named = classes.isEmpty() || classes.contains(wantedClass);
    return named && (type.equals(wantedType) || (type.isEmpty() && !classes.isEmpty()));
  }

  /** In words, for messages. */
  String description() {
    if (type.isEmpty() && classes.isEmpty()) {
      return "no model_type";
    }
    String named = classes.isEmpty() ? "" : " (" + String.join(", ", classes) + ")";
    return "the architecture \"" + type + "\"" + named;
  }
}
