package dev.auscult.data;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads files with one flat JSON object per line. */
final class JsonLines {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonLines() {}

  /**
   * Hands each object to {@code entries} in order; blank lines are passed over.
   *
   * @param required keys that each object must have
   * @throws InputException if a line is no flat JSON object or lacks a key
   */
  static void read(Path file, List<String> required, Consumer<Entry> entries) {
    try (Reader text = StrictText.open(file)) {
      long number = 1;
      for (String line = StrictText.line(text, file + " line 1");
          line != null;
          line = StrictText.line(text, file + " line " + number)) {
        if (!line.isBlank()) {
          entries.accept(entry(line, number, file + " line " + number, required));
        }
        number++;
      }
    } catch (IOException e) {
      throw StrictText.unreadable(file, e);
    }
  }

  private static Entry entry(String line, long number, String where, List<String> required) {
    JsonNode object = parse(line, where);
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      JsonNode value = property.getValue();
      if (value.isContainer()) {
        throw new InputException(
            where,
            "an object or a list under '" + property.getKey() + "'",
            "text, a number, true, false or null",
            "flatten it, e.g. \"attr.age\": 63");
      }
      if (!value.isNull()) {
        fields.put(property.getKey(), value.asString());
      }
    }
    for (String key : required) {
      if (!object.has(key)) {
        throw new InputException(
            where,
            "the keys " + String.join(", ", object.propertyNames()),
            "a key '" + key + "'",
            "add it; its value may be empty where nothing is known");
      }
    }
    return new Entry(number, fields);
  }

  private static JsonNode parse(String line, String where) {
    try {
      JsonNode node = JSON.readTree(line);
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      throw new InputException(
          where,
          "broken JSON (" + e.getOriginalMessage() + ")",
          "one JSON object per line",
          "mend the line",
          e);
    }
    throw new InputException(
        where, "JSON that is no object", "one JSON object per line", "mend it");
  }
}
