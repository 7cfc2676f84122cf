package dev.auscult.pretrain;

import dev.auscult.base.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One mapping of a configuration, read key by key; what was not asked for is refused at the end.
 */
final class YamlSection {
  private final String file;
  private final String path;
  private final JsonNode node;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * @param path where in the file, e.g. {@code model.vision}; empty for its root
   * @param node a mapping; missing or null counts as an empty one
   */
  YamlSection(String file, String path, JsonNode node) {
    this.file = file;
    this.path = path;
    this.node =
        node.isMissingNode() || node.isNull() ? JsonNodeFactory.instance.objectNode() : node;
    if (!this.node.isObject()) {
      throw error(path.isEmpty() ? "the file" : path, "no mapping", "keys with values");
    }
  }

  boolean has(String key) {
    JsonNode value = get(key);
    return !value.isMissingNode() && !value.isNull();
  }

  /** The mapping under a key; empty if absent. */
  YamlSection section(String key) {
    return new YamlSection(file, name(key), get(key));
  }

  /** The mappings listed under a key, at least one. */
  List<YamlSection> sections(String key, String expected) {
    JsonNode list = get(key);
    if (!list.isArray() || list.isEmpty()) {
      throw wrong(key, expected);
    }
    List<YamlSection> sections = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      sections.add(new YamlSection(file, "%s[%d]".formatted(name(key), i), list.get(i)));
    }
    return sections;
  }

  int integer(String key, int absent, int least, int most) {
    return (int) longInteger(key, absent, least, most);
  }

  long longInteger(String key, long absent, long least, long most) {
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

  double number(String key, double absent, double least, double most) {
    if (!has(key)) {
      return absent;
    }
    JsonNode value = get(key);
    if (!value.isNumber() || !(value.doubleValue() >= least && value.doubleValue() <= most)) {
      throw wrong(key, "a number from %s to %s".formatted(least, most));
    }
    return value.doubleValue();
  }

  String text(String key, String expected) {
    JsonNode value = get(key);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw wrong(key, expected);
    }
    return value.stringValue();
  }

  /** One of the constants of an enum by its term in configurations. */
  <E extends Enum<E>> E choice(String key, E absent, Function<E, String> term) {
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
  void refuseUnknown() {
    for (String key : node.propertyNames()) {
      if (!known.contains(key)) {
        throw error(name(key), "an unknown key", "one of " + String.join(", ", known));
      }
    }
  }

  /** An error about a key's value. */
  InputException wrong(String key, String expected) {
    JsonNode value = node.path(key);
    String found = value.isMissingNode() ? "nothing" : value.toString();
    return error(
        name(key), found.length() <= 80 ? found : found.substring(0, 77) + "...", expected);
  }

  private InputException error(String where, String found, String expected) {
    return new InputException(
        file + ", " + where, found, expected, "docs/pretraining.md explains every key");
  }

  private JsonNode get(String key) {
    known.add(key);
    return node.path(key);
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
