package dev.auscult.checkpoint;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a configuration file from a stranger: one JSON object of bounded size and depth. */
public final class JsonFile {
  /** The largest file that is read. */
  public static final int MAX_BYTES = 25_000_000;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(50)
                          .maxNumberLength(100)
                          .maxStringLength(1_000_000)
                          .maxTokenCount(5_000_000)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectReader ANY = JSON.reader();
  private static final ObjectReader DISTINCT =
      JSON.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

  private JsonFile() {}

  /**
   * Reads a file.
   *
   * @throws InputException if the file is absent, too large, or not one JSON object
   */
  public static ObjectNode read(Path file) {
    return read(file, ANY);
  }

  /**
   * Reads a file that people write: what says something twice does not say what is meant.
   *
   * @throws InputException as {@link #read} does, also if an object has a key twice
   */
  public static ObjectNode readDistinct(Path file) {
    return read(file, DISTINCT);
  }

  private static ObjectNode read(Path file, ObjectReader reader) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new InputException(
            file.toString(), size + " bytes", "at most " + MAX_BYTES, "check that it is JSON");
      }
      return parse(Files.readAllBytes(file), file.toString(), reader);
    } catch (NoSuchFileException e) {
      throw new InputException(
          file.toString(), "no such file", "a JSON file", "check that the folder is complete", e);
    } catch (IOException e) {
      throw new InputException(
          file.toString(),
          "it cannot be read (" + e.getMessage() + ")",
          "a readable file",
          "check its permissions",
          e);
    }
  }

  /**
   * Parses bytes that came from elsewhere.
   *
   * @param name what they are, for messages
   * @throws InputException if they are not one JSON object
   */
  public static ObjectNode parse(byte[] bytes, String name) {
    return parse(bytes, name, ANY);
  }

  private static ObjectNode parse(byte[] bytes, String name, ObjectReader reader) {
    JsonNode root;
    try {
      root = reader.readTree(bytes);
    } catch (JacksonException e) {
      throw new InputException(
          name,
          "bad JSON (" + e.getOriginalMessage() + ")",
          "a JSON object",
          "obtain the file again or correct it",
          e);
    }
    if (root instanceof ObjectNode object) {
      return object;
    }
    throw new InputException(
        name,
        root.isMissingNode() ? "nothing" : "JSON that is no object",
        "a JSON object",
        "obtain the file again or correct it");
  }
}
