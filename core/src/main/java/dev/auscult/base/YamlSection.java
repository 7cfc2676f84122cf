package dev.auscult.base;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * One mapping of a YAML file, read key by key; what was not asked for is refused at the end. Every
 * error names the file, the key's path and what it may be.
 */
public final class YamlSection {
  private static final int MAX_BYTES = 1_000_000;

  private final Source source;
  private final String path;
  private final JsonNode node;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * Where the mapping comes from.
   *
   * @param file what messages call it
   * @param guide what a person should do about a wrong value, e.g. which page explains the keys
   */
  private record Source(String file, String guide) {}

  /**
   * @param path where in the file, e.g. {@code model.vision}; empty for its root
   * @param node a mapping; missing or null counts as an empty one
   */
  private YamlSection(Source source, String path, JsonNode node) {
    this.source = source;
    this.path = path;
    this.node =
        node.isMissingNode() || node.isNull() ? JsonNodeFactory.instance.objectNode() : node;
    if (!this.node.isObject()) {
      throw error(path.isEmpty() ? "the file" : path, "no mapping", "keys with values");
    }
  }

  /**
   * The root of a file.
   *
   * @param guide what to do about a wrong value, e.g. "docs/data.md explains every key"
   * @throws InputException if it cannot be read, is larger than 1 MB or is no YAML mapping
   */
  public static YamlSection read(Path file, String guide) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new InputException(
            file.toString(), Files.size(file) + " bytes", "at most " + MAX_BYTES, "is it YAML?");
      }
      return parse(Files.readString(file), file.toString(), guide);
    } catch (NoSuchFileException e) {
      throw new InputException(file.toString(), "no such file", "a YAML file", guide, e);
    } catch (CharacterCodingException e) {
      throw new InputException(
          file.toString(), "bytes that are not UTF-8 text", "a YAML file in UTF-8", guide, e);
    } catch (IOException e) {
      throw new InputException(
          file.toString(),
          "it cannot be read (" + e.getMessage() + ")",
          "a YAML file in UTF-8",
          "check the path and its permissions",
          e);
    }
  }

  /**
   * The root of a text that messages call {@code file}.
   *
   * @throws InputException if it is no YAML mapping
   */
  public static YamlSection parse(String yaml, String file, String guide) {
    return new YamlSection(new Source(file, guide), "", tree(yaml, file, guide));
  }

  private static JsonNode tree(String yaml, String file, String guide) {
    try {
      return YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build()
          .readTree(yaml);
    } catch (JacksonException e) {
      String line = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      throw new InputException(
          file, "bad YAML (" + e.getOriginalMessage() + ")" + line, "YAML", guide, e);
    }
  }

  /** Whether a key has a value. */
  public boolean has(String key) {
    JsonNode value = get(key);
    return !value.isMissingNode() && !value.isNull();
  }

  /** The mapping under a key; empty if absent. */
  public YamlSection section(String key) {
    return new YamlSection(source, name(key), get(key));
  }

  /** The mappings listed under a key, at least one. */
  public List<YamlSection> sections(String key, String expected) {
    JsonNode list = get(key);
    if (!list.isArray() || list.isEmpty()) {
      throw wrong(key, expected);
    }
    List<YamlSection> sections = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      sections.add(new YamlSection(source, "%s[%d]".formatted(name(key), i), list.get(i)));
    }
    return sections;
  }

  /** A whole number in a range; {@code absent} without the key. */
  public int integer(String key, int absent, int least, int most) {
    return (int) longInteger(key, absent, least, most);
  }

  /** A whole number in a range; {@code absent} without the key. */
  public long longInteger(String key, long absent, long least, long most) {
    if (!has(key)) {
      return absent;
    }
    JsonNode value = get(key);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw wrong(key, "a whole number from %d to %d".formatted(least, most));
    }
    return value.longValue();
  }

  /** A number in a range; {@code absent} without the key. */
  public double number(String key, double absent, double least, double most) {
    if (!has(key)) {
      return absent;
    }
    JsonNode value = get(key);
    if (!value.isNumber() || !(value.doubleValue() >= least && value.doubleValue() <= most)) {
      throw wrong(key, "a number from %s to %s".formatted(least, most));
    }
    return value.doubleValue();
  }

  /** Whether a key's value is text. */
  public boolean isText(String key) {
    return get(key).isString();
  }

  /** Text that must be there and not blank. */
  public String text(String key, String expected) {
    JsonNode value = get(key);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw wrong(key, expected);
    }
    return value.stringValue();
  }

  /** Text, a number or a truth value that must be there, as it is written. */
  public String scalar(String key, String expected) {
    JsonNode value = get(key);
    if (!value.isValueNode() || value.isNull() || value.asString("").isBlank()) {
      throw wrong(key, expected);
    }
    return value.asString("");
  }

  /** Text that may be missing, but not blank. */
  public Optional<String> optionalText(String key, String expected) {
    return has(key) ? Optional.of(text(key, expected)) : Optional.empty();
  }

  /** The texts listed under a key, none of them blank; empty without the key. */
  public List<String> texts(String key, String expected) {
    if (!has(key)) {
      return List.of();
    }
    JsonNode list = get(key);
    if (!list.isArray()) {
      throw wrong(key, expected);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode value : list) {
      if (!value.isString() || value.stringValue().isBlank()) {
        throw wrong(key, expected);
      }
      texts.add(value.stringValue());
    }
    return texts;
  }

  /** The numbers listed under a key, each in a range; empty without the key. */
  public List<Double> numbers(String key, double least, double most) {
    if (!has(key)) {
      return List.of();
    }
    JsonNode list = get(key);
    String expected = "a list of numbers from %s to %s".formatted(least, most);
    if (!list.isArray()) {
      throw wrong(key, expected);
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonNode value : list) {
      if (!value.isNumber() || !(value.doubleValue() >= least && value.doubleValue() <= most)) {
        throw wrong(key, expected);
      }
      numbers.add(value.doubleValue());
    }
    return numbers;
  }

  /** The keys of the mapping in their order; asking makes all of them known. */
  public List<String> keys() {
    List<String> keys = List.copyOf(node.propertyNames());
    known.addAll(keys);
    return keys;
  }

  /** One of the constants of an enum by its term in configurations. */
  public <E extends Enum<E>> E choice(String key, E absent, Function<E, String> term) {
    if (!has(key)) {
      return absent;
    }
    E[] all = absent.getDeclaringClass().getEnumConstants();
    JsonNode value = get(key);
    return Arrays.stream(all)
        .filter(one -> value.isString() && term.apply(one).equals(value.stringValue()))
        .findFirst()
        .orElseThrow(
            () -> wrong(key, "one of " + String.join(", ", Arrays.stream(all).map(term).toList())));
  }

  /** Refuses keys that nobody asked for. */
  public void refuseUnknown() {
    for (String key : node.propertyNames()) {
      if (!known.contains(key)) {
        throw error(name(key), "an unknown key", "one of " + String.join(", ", known));
      }
    }
  }

  /** An error about a key's value. */
  public InputException wrong(String key, String expected) {
    JsonNode value = node.path(key);
    String found = value.isMissingNode() ? "nothing" : value.toString();
    return error(
        name(key), found.length() <= 80 ? found : found.substring(0, 77) + "...", expected);
  }

  private InputException error(String where, String found, String expected) {
    return new InputException(source.file() + ", " + where, found, expected, source.guide());
  }

  private JsonNode get(String key) {
    known.add(key);
    return node.path(key);
  }

  /** A key with its path, as messages name it. */
  public String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
