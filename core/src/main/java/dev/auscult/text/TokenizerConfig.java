package dev.auscult.text;

import dev.auscult.base.InputException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The flags of a {@code tokenizer_config.json}; null counts as absent. */
final class TokenizerConfig {
  private final String subject;
  private final JsonNode json;

  private TokenizerConfig(String subject, JsonNode json) {
    this.subject = subject;
    this.json = json;
  }

  static TokenizerConfig of(Optional<BoundedFile> file) {
    return file.map(config -> new TokenizerConfig(config.subject(), config.json()))
        .orElse(new TokenizerConfig("", JsonNodeFactory.instance.objectNode()));
  }

  boolean has(String key) {
    return json.hasNonNull(key);
  }

  boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (!json.path(key).isBoolean()) {
      throw new InputException(
          subject,
          "%s %s".formatted(key, json.path(key)),
          "true or false",
          "correct the entry or download the file again");
    }
    return json.path(key).booleanValue();
  }
}
