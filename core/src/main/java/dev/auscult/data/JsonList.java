package dev.auscult.data;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a file that is one JSON list of objects, one object at a time. */
final class JsonList {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Path file;
  private final String noun;

  private JsonList(Path file, String noun) {
    this.file = file;
    this.noun = noun;
  }

  /**
   * An object of the list.
   *
   * @param json its content
   * @param file its list
   * @param noun what it is, for messages
   * @param number its position in the list, from 1
   */
  record Item(JsonNode json, Path file, String noun, int number) {

    /** File and position, for messages. */
    String where() {
      return file + " " + noun + " " + number;
    }

    /** The text of a key; empty if there is none, or it is blank or no single value. */
    Optional<String> value(String key) {
      JsonNode value = json.get(key);
      return value == null || !value.isValueNode() || value.isNull()
          ? Optional.empty()
          : Optional.of(value.asString().strip()).filter(text -> !text.isEmpty());
    }

    /**
     * The text of a key that must be there.
     *
     * @throws InputException if it is not
     */
    String required(String key) {
      return value(key)
          .orElseThrow(
              () ->
                  new InputException(
                      where(), "no '" + key + "'", "a " + noun + " with one", "check the file"));
    }
  }

  /**
   * Hands each object to {@code items} in order.
   *
   * @param noun what an object is, for messages, e.g. {@code question}
   * @throws InputException if the file is not one list of objects, or larger than text can be
   */
  static void read(Path file, String noun, Consumer<Item> items) {
    new JsonList(file, noun).read(items);
  }

  private void read(Consumer<Item> items) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new InputException(
            file.toString(), "no such file", wanted() + " in JSON", "check the path");
      }
      try (Reader text = StrictText.open(file);
          JsonParser parser = JSON.createParser(text)) {
        readList(parser, items);
      }
    } catch (IOException e) {
      throw StrictText.unreadable(file, e);
    } catch (JacksonException e) {
      if (e.getCause() instanceof IOException cause) {
        throw StrictText.unreadable(file, cause);
      }
      throw new InputException(
          file.toString(),
          "broken JSON (" + e.getOriginalMessage() + ")",
          wanted(),
          "download the file again",
          e);
    }
  }

  private String wanted() {
    return noun.equals("study") ? "a list of studies" : "a list of " + noun + "s";
  }

  private void readList(JsonParser parser, Consumer<Item> items) {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw new InputException(file.toString(), "JSON that is no list", wanted(), "check the file");
    }
    int number = 1;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new InputException(
            file + " " + noun + " " + number,
            "no object",
            "an object with the " + noun + "'s properties",
            "check the file");
      }
      items.accept(new Item(JSON.readTree(parser), file, noun, number++));
    }
    if (parser.nextToken() != null) {
      throw new InputException(
          file.toString(),
          "more after the end of its list",
          wanted() + " and nothing else",
          "make one list of it");
    }
  }
}
