package dev.auscult.model;

import dev.auscult.base.InputException;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One object of a configuration file, read with defaults and limits.
 *
 * @param file the file for messages
 * @param path where in the file, e.g. {@code vision_config}; empty for its root
 * @param node the object; anything else counts as empty
 */
public record ConfigSection(String file, String path, JsonNode node) {
  private static final int MAX_SIZE = 1 << 20;
  private static final int MAX_LAYERS = 1000;
  private static final int MAX_IMAGE = 1 << 14;

  /** A whole number in {@code [least, most]}; {@code absent} if the key is absent or null. */
  public int integer(String key, int absent, int least, int most) {
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
  public int required(String key, int least, int most) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      throw bad(key, "absent", "a whole number from %d to %d".formatted(least, most));
    }
    return integer(key, least, least, most);
  }

  /** The object of that key; empty if it is absent. */
  public ConfigSection inner(String key) {
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

  /** The size of a transformer; absent keys have the given values. */
  TransformerConfig transformer(TransformerConfig absent) {
    int width = integer("hidden_size", absent.width(), 1, MAX_SIZE);
    int heads = integer("num_attention_heads", absent.heads(), 1, MAX_SIZE);
    if (width % heads != 0) {
      throw bad("num_attention_heads", heads, "a divisor of " + width);
    }
    String activation = text("hidden_act", absent.activation().key());
    return new TransformerConfig(
        width,
        integer("num_hidden_layers", absent.layers(), 0, MAX_LAYERS),
        heads,
        integer("intermediate_size", absent.intermediate(), 1, MAX_SIZE),
        Activation.named(activation)
            .orElseThrow(
                () ->
                    bad(
                        "hidden_act",
                        activation,
                        "one of "
                            + Arrays.stream(Activation.values()).map(Activation::key).toList())),
        number("layer_norm_eps", absent.layerNormEpsilon(), Double.MIN_VALUE, 1));
  }

  /** A square input in square patches. */
  PatchGrid grid(int absentSize, int absentPatch) {
    int image = side("image_size", absentSize, MAX_IMAGE);
    int patch = side("patch_size", absentPatch, MAX_IMAGE);
    if (image % patch != 0) {
      throw bad("patch_size", patch, "a divisor of the image size " + image);
    }
    return new PatchGrid(image, patch);
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
  public double number(String key, double absent, double least, double most) {
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
  public String text(String key, String absent) {
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
  public int side(String key, int absent, int most) {
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
  public InputException bad(String key, Object found, String expected) {
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
