package dev.auscult.model;

import dev.auscult.base.InputException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One object of a configuration file, read with defaults and limits.
 *
 * @param file the file for messages
 * @param path where in the file, e.g. {@code vision_config}; empty for its root
 * @param node the object; anything else counts as empty
 */
record ConfigSection(String file, String path, JsonNode node) {

  /** A whole number in {@code [least, most]}; {@code absent} if the key is absent or null. */
  int integer(String key, int absent, int least, int most) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw bad(key, value, "a whole number from %d to %d".formatted(least, most));
    }
    return value.intValue();
  }

  /** A whole number in {@code [least, most]} that must be there. */
  int required(String key, int least, int most) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      throw bad(key, "absent", "a whole number from %d to %d".formatted(least, most));
    }
    return integer(key, least, least, most);
  }

  /** The object of that key; empty if it is absent. */
  ConfigSection inner(String key) {
    JsonNode value = node.path(key);
    if (!value.isObject() && !value.isMissingNode() && !value.isNull()) {
      throw bad(key, value, "an object");
    }
    return new ConfigSection(file, name(key), value);
  }

  /** Checks that a key has one of some values, if it is there at all. */
  void expect(String key, String... allowed) {
    String found = text(key, allowed[0]);
    if (!List.of(allowed).contains(found)) {
      throw bad(key, found, String.join(" or ", allowed));
    }
  }

  /** True or false. */
  boolean flag(String key, boolean absent) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isBoolean()) {
      throw bad(key, value, "true or false");
    }
    return value.booleanValue();
  }

  /** A finite number in {@code [least, most]}. */
  double number(String key, double absent, double least, double most) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isNumber() || !(value.doubleValue() >= least && value.doubleValue() <= most)) {
      throw bad(key, value, "a number from %s to %s".formatted(least, most));
    }
    return value.doubleValue();
  }

  /** A string. */
  String text(String key, String absent) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isString()) {
      throw bad(key, value, "a string");
    }
    return value.stringValue();
  }

  /** The side of a square: a whole number, or a list of two equal ones. */
  int side(String key, int absent, int most) {
    JsonNode value = node.path(key);
    if (!value.isArray()) {
      return integer(key, absent, 1, most);
    }
    boolean square =
        value.size() == 2 && value.get(0).isIntegralNumber() && value.get(0).equals(value.get(1));
    if (!square || !value.get(0).canConvertToInt()) {
      throw bad(key, value, "a whole number, or two equal ones");
    }
    int side = value.get(0).intValue();
    if (side < 1 || side > most) {
      throw bad(key, value, "from 1 to " + most);
    }
    return side;
  }

  /** An error about one key. */
  InputException bad(String key, Object found, String expected) {
    return new InputException(
        file,
        "%s: %s".formatted(name(key), found),
        expected,
        "check that the configuration is the checkpoint's own");
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
