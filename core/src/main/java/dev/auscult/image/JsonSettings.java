package dev.auscult.image;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The settings of one JSON object of a model's configuration; null counts as absent. */
final class JsonSettings {
  private static final long MAX_BYTES = 1 << 20;
  private static final int MAX_SIDE = 4096;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JsonNode object;
  private final String file;
  private final String prefix;
  private final String kind;

  private JsonSettings(JsonNode object, String file, String prefix, String kind) {
    this.object = object;
    this.file = file;
    this.prefix = prefix;
    this.kind = kind;
  }

  /**
   * Reads a file of at most 1 MiB.
   *
   * @param kind what the file is usually called, for messages
   */
  static JsonSettings read(Path file, String kind) {
    String name = file.toString();
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw invalid(
            name, kind, "a file of " + size + " bytes", "a JSON file of at most 1 MiB", null);
      }
      return of(JSON.readTree(Files.readAllBytes(file)), name, kind);
    } catch (IOException e) {
      throw invalid(name, kind, "no readable file", "a file " + kind, e);
    } catch (JacksonException e) {
      String found = "invalid JSON (" + e.getOriginalMessage() + ")";
      throw invalid(name, kind, found, "a JSON object of settings", e);
    }
  }

  static JsonSettings of(JsonNode object, String file, String kind) {
    if (!object.isObject()) {
      throw invalid(file, kind, "JSON that is not an object", "a JSON object of settings", null);
    }
    return new JsonSettings(object, file, "", kind);
  }

  /** The settings of an inner object; none if it is absent. */
  JsonSettings inner(String key) {
    JsonNode value = value(key);
    JsonNode inner = value == null ? JSON.createObjectNode() : value;
    if (!inner.isObject()) {
      throw wrong(key, inner.toString(), "a JSON object of settings");
    }
    return new JsonSettings(inner, file, prefix + key + ".", kind);
  }

  @Nullable JsonNode value(String key) {
    JsonNode value = object.get(key);
    return value == null || value.isNull() ? null : value;
  }

  boolean flag(String key, boolean otherwise) {
    JsonNode flag = value(key);
    if (flag == null) {
      return otherwise;
    }
    if (!flag.isBoolean()) {
      throw wrong(key, flag.toString(), "true or false");
    }
    return flag.booleanValue();
  }

  /** A number of pixels. */
  int side(String key, JsonNode number) {
    if (!number.isIntegralNumber()
        || !number.canConvertToInt()
        || number.intValue() < 1
        || number.intValue() > MAX_SIDE) {
      throw wrong(key, number.toString(), "a whole number of pixels from 1 to " + MAX_SIDE);
    }
    return number.intValue();
  }

  /**
   * {@code {"height", "width"}} or {@code [height, width]}.
   *
   * @param expected what messages say if it is neither
   */
  PixelSize heightAndWidth(String key, JsonNode size, String expected) {
    if (size.isObject() && size.has("height") && size.has("width")) {
      return new PixelSize(
          side(key + ".height", size.get("height")), side(key + ".width", size.get("width")));
    }
    if (size.isArray() && size.size() == 2) {
      return new PixelSize(side(key + "[0]", size.get(0)), side(key + "[1]", size.get(1)));
    }
    throw wrong(key, size.toString(), expected);
  }

  /** A whole number from {@code least} to {@code most}. */
  int whole(String key, int otherwise, int least, int most) {
    JsonNode number = value(key);
    if (number == null) {
      return otherwise;
    }
    if (!number.isIntegralNumber()
        || !number.canConvertToInt()
        || number.intValue() < least
        || number.intValue() > most) {
      throw wrong(key, number.toString(), "a whole number from %d to %d".formatted(least, most));
    }
    return number.intValue();
  }

  double positive(String key, double otherwise) {
    JsonNode number = value(key);
    return number == null ? otherwise : number(key, number, true);
  }

  /** One number for each channel, or one for all. */
  List<Double> channels(String key, Supplier<List<Double>> otherwise, boolean positive) {
    JsonNode value = value(key);
    if (value == null) {
      return otherwise.get();
    }
    if (value.isNumber()) {
      return Normalisation.same(number(key, value, positive));
    }
    if (!value.isArray() || value.size() != 3) {
      throw wrong(key, value.toString(), "three numbers, one for each of red, green, blue");
    }
    List<Double> channels = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      channels.add(number(key + "[" + i + "]", value.get(i), positive));
    }
    return channels;
  }

  private double number(String key, JsonNode number, boolean positive) {
    float value = number.isNumber() ? (float) number.asDouble(Double.NaN) : Float.NaN;
    if (!Float.isFinite(value) || (positive && value <= 0)) {
      throw wrong(key, number.toString(), positive ? "a positive number" : "a finite number");
    }
    return number.doubleValue();
  }

  InputException wrong(String key, String found, String expected) {
    String shown = found.length() <= 80 ? found : found.substring(0, 77) + "...";
    return invalid(file, kind, "\"%s\": %s".formatted(prefix + key, shown), expected, null);
  }

  private static InputException invalid(
      String file, String kind, String found, String expected, @Nullable Throwable cause) {
    return new InputException(
        file, found, expected, "take the " + kind + " of the model's own checkpoint", cause);
  }
}
