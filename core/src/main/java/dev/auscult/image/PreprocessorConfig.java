package dev.auscult.image;

import dev.auscult.base.InputException;
import dev.auscult.image.ImageTransform.Resample;
import dev.auscult.image.ImageTransform.Resize;
import dev.auscult.image.ImageTransform.ShortestEdge;
import dev.auscult.image.ImageTransform.Squash;
import dev.auscult.image.ImageTransform.Unresized;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hugging Face's {@code preprocessor_config.json}, CLIP family. Absent or null keys take the
 * defaults of transformers' {@code CLIPImageProcessor}; keys that do not change pixels are ignored.
 */
final class PreprocessorConfig {
  private static final long MAX_BYTES = 1 << 20;
  private static final int MAX_SIDE = 4096;
  private static final int DEFAULT_SIDE = 224;
  private static final Set<String> CLIP_TYPES =
      Set.of(
          "CLIPImageProcessor",
          "CLIPImageProcessorFast",
          "CLIPImageProcessorPil",
          "CLIPFeatureExtractor");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JsonNode config;
  private final String fileName;

  private PreprocessorConfig(JsonNode config, String fileName) {
    this.config = config;
    this.fileName = fileName;
  }

  static ImageTransform read(Path file) {
    String name = file.toString();
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw invalid(name, "a file of " + size + " bytes", "a JSON file of at most 1 MiB", null);
      }
      return parse(JSON.readTree(Files.readAllBytes(file)), name);
    } catch (IOException e) {
      throw invalid(name, "no readable file", "a preprocessor_config.json", e);
    } catch (JacksonException e) {
      throw invalid(
          name, "invalid JSON (" + e.getOriginalMessage() + ")", "a JSON object of settings", e);
    }
  }

  static ImageTransform parse(JsonNode config, String fileName) {
    if (!config.isObject()) {
      throw invalid(fileName, "JSON that is not an object", "a JSON object of settings", null);
    }
    return new PreprocessorConfig(config, fileName).toTransform();
  }

  static String format(ImageTransform transform) {
    ObjectNode json = JSON.createObjectNode();
    json.put("image_processor_type", "CLIPImageProcessor");
    json.put("do_convert_rgb", true);
    json.put("do_resize", !(transform.resize() instanceof Unresized));
    if (transform.resize() instanceof ShortestEdge edge) {
      json.putObject("size").put("shortest_edge", edge.pixels());
    } else if (transform.resize() instanceof Squash squash) {
      putSize(json, "size", squash.target());
    }
    json.put("resample", transform.resample().code());
    json.put("do_center_crop", true);
    putSize(json, "crop_size", transform.crop());
    json.put("do_rescale", true);
    json.put("rescale_factor", transform.rescale());
    json.put("do_normalize", true);
    putNumbers(json, "image_mean", transform.mean());
    putNumbers(json, "image_std", transform.std());
    return json.toPrettyString() + "\n";
  }

  private static void putSize(ObjectNode json, String key, PixelSize size) {
    json.putObject(key).put("height", size.height()).put("width", size.width());
  }

  private static void putNumbers(ObjectNode json, String key, List<Double> numbers) {
    ArrayNode array = json.putArray(key);
    numbers.forEach(array::add);
  }

  private ImageTransform toTransform() {
    checkType("image_processor_type");
    checkType("feature_extractor_type");
    if (flag("do_pad", false)) {
      throw wrong("do_pad", "true", "false or no such key, as CLIP models do not pad");
    }
    Resize resize = flag("do_resize", true) ? resize() : new Unresized();
    boolean rescale = flag("do_rescale", true);
    boolean normalise = flag("do_normalize", true);
    return new ImageTransform(
        resize,
        resample(),
        crop(resize),
        rescale ? positive("rescale_factor", 1 / 255.0) : 1,
        normalise ? channels("image_mean", ImageTransform.CLIP_MEAN, false) : List.of(0., 0., 0.),
        normalise ? channels("image_std", ImageTransform.CLIP_STD, true) : List.of(1., 1., 1.));
  }

  private void checkType(String key) {
    JsonNode type = value(key);
    if (type != null && !(type.isString() && CLIP_TYPES.contains(type.stringValue()))) {
      String known = CLIP_TYPES.stream().sorted().collect(Collectors.joining(", "));
      throw wrong(key, type.toString(), "one of " + known);
    }
  }

  private Resize resize() {
    JsonNode size = value("size");
    if (size == null) {
      return new ShortestEdge(DEFAULT_SIDE);
    }
    if (size.isNumber()) {
      return new ShortestEdge(side("size", size));
    }
    if (size.isObject() && size.has("shortest_edge") && !size.has("longest_edge")) {
      return new ShortestEdge(side("size.shortest_edge", size.get("shortest_edge")));
    }
    return new Squash(
        heightAndWidth(
            "size", size, "a number, {\"shortest_edge\"} or {\"height\", \"width\"} in pixels"));
  }

  private PixelSize crop(Resize resize) {
    if (!flag("do_center_crop", true)) {
      if (resize instanceof Squash squash) {
        return squash.target();
      }
      throw wrong(
          "do_center_crop",
          "false while size leaves the input's shape open",
          "true, or a size of {\"height\", \"width\"}");
    }
    JsonNode crop = value("crop_size");
    if (crop == null) {
      return PixelSize.square(DEFAULT_SIDE);
    }
    return crop.isNumber()
        ? PixelSize.square(side("crop_size", crop))
        : heightAndWidth("crop_size", crop, "a number or {\"height\", \"width\"} in pixels");
  }

  private PixelSize heightAndWidth(String key, JsonNode size, String expected) {
    if (size.isObject() && size.has("height") && size.has("width")) {
      return new PixelSize(
          side(key + ".height", size.get("height")), side(key + ".width", size.get("width")));
    }
    if (size.isArray() && size.size() == 2) {
      return new PixelSize(side(key + "[0]", size.get(0)), side(key + "[1]", size.get(1)));
    }
    throw wrong(key, size.toString(), expected);
  }

  private int side(String key, JsonNode number) {
    if (!number.isIntegralNumber()
        || !number.canConvertToInt()
        || number.intValue() < 1
        || number.intValue() > MAX_SIDE) {
      throw wrong(key, number.toString(), "a whole number of pixels from 1 to " + MAX_SIDE);
    }
    return number.intValue();
  }

  private Resample resample() {
    JsonNode code = value("resample");
    if (code == null) {
      return Resample.BICUBIC;
    }
    return Arrays.stream(Resample.values())
        .filter(known -> code.isIntegralNumber() && code.asString().equals("" + known.code()))
        .findFirst()
        .orElseThrow(() -> wrong("resample", code.toString(), "2 (bilinear) or 3 (bicubic)"));
  }

  private boolean flag(String key, boolean otherwise) {
    JsonNode flag = value(key);
    if (flag == null) {
      return otherwise;
    }
    if (!flag.isBoolean()) {
      throw wrong(key, flag.toString(), "true or false");
    }
    return flag.booleanValue();
  }

  private double positive(String key, double otherwise) {
    JsonNode number = value(key);
    return number == null ? otherwise : number(key, number, true);
  }

  private List<Double> channels(String key, List<Double> otherwise, boolean positive) {
    JsonNode value = value(key);
    if (value == null) {
      return otherwise;
    }
    if (value.isNumber()) {
      double all = number(key, value, positive);
      return List.of(all, all, all);
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

  private @Nullable JsonNode value(String key) {
    JsonNode value = config.get(key);
    return value == null || value.isNull() ? null : value;
  }

  private InputException wrong(String key, String found, String expected) {
    String shown = found.length() <= 80 ? found : found.substring(0, 77) + "...";
    return invalid(fileName, "\"%s\": %s".formatted(key, shown), expected, null);
  }

  private static InputException invalid(
      String fileName, String found, String expected, @Nullable Throwable cause) {
    return new InputException(
        fileName,
        found,
        expected,
        "take the preprocessor_config.json of the model's own checkpoint",
        cause);
  }
}
