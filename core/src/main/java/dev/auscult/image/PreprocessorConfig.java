package dev.auscult.image;

import dev.auscult.image.Resize.ShortestEdge;
import dev.auscult.image.Resize.Squash;
import dev.auscult.image.Resize.Unresized;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hugging Face's {@code preprocessor_config.json}. Absent or null keys take the defaults of the
 * named image processor in transformers, CLIP's if none is named; keys that do not change pixels
 * are ignored. The arithmetic is that of the processors' Pillow backend.
 */
final class PreprocessorConfig {
  private static final String FILE = "preprocessor_config.json";
  private static final int DEFAULT_SIDE = 224;
  private static final List<String> TYPE_KEYS =
      List.of("image_processor_type", "feature_extractor_type");
  private static final Defaults CLIP =
      new Defaults(false, false, Resample.BICUBIC, Normalisation.clip());
  private static final Map<String, Defaults> DEFAULTS =
      Map.of(
          "CLIP",
          CLIP,
          "Bit",
          CLIP,
          "Siglip",
          new Defaults(true, false, Resample.BICUBIC, Normalisation.centred()),
          "ViT",
          new Defaults(true, true, Resample.BILINEAR, Normalisation.centred()));
  private static final List<String> SUFFIXES =
      List.of("ImageProcessor", "ImageProcessorFast", "ImageProcessorPil", "FeatureExtractor");

  private final JsonSettings settings;
  private final Defaults defaults;

  /**
   * What an image processor does unless told otherwise.
   *
   * @param squash whether both edges are set, and nothing is cropped
   * @param oneNumberIsSquare whether a size of one number stands for both edges
   */
  private record Defaults(
      boolean squash, boolean oneNumberIsSquare, Resample resample, Normalisation normalisation) {}

  private PreprocessorConfig(JsonSettings settings) {
    this.settings = settings;
    this.defaults = defaults(settings);
  }

  static ImageTransform read(Path file) {
    return new PreprocessorConfig(JsonSettings.read(file, FILE)).toTransform();
  }

  static ImageTransform parse(JsonNode config, String fileName) {
    return new PreprocessorConfig(JsonSettings.of(config, fileName, FILE)).toTransform();
  }

  static String format(ImageTransform transform) {
    if (!transform.isCommon()) {
      throw new IllegalStateException("no CLIPImageProcessor does this: " + transform);
    }
    ObjectNode json = JsonMapper.shared().createObjectNode();
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
    json.put("rescale_factor", transform.normalisation().rescale());
    json.put("do_normalize", true);
    putNumbers(json, "image_mean", transform.normalisation().mean());
    putNumbers(json, "image_std", transform.normalisation().std());
    return json.toPrettyString() + "\n";
  }

  private static void putSize(ObjectNode json, String key, PixelSize size) {
    json.putObject(key).put("height", size.height()).put("width", size.width());
  }

  private static void putNumbers(ObjectNode json, String key, List<Double> numbers) {
    ArrayNode array = json.putArray(key);
    numbers.forEach(array::add);
  }

  /** Those of the type that is named; of two names the image processor's counts. */
  private static Defaults defaults(JsonSettings settings) {
    List<Defaults> named = new ArrayList<>();
    for (String key : TYPE_KEYS) {
      JsonNode type = settings.value(key);
      if (type != null) {
        named.add(
            defaultsOf(type.stringValue(""))
                .orElseThrow(() -> settings.wrong(key, type.toString(), "one of " + knownTypes())));
      }
    }
    return named.isEmpty() ? CLIP : named.get(0);
  }

  private static Optional<Defaults> defaultsOf(String type) {
    return DEFAULTS.entrySet().stream()
        .filter(family -> SUFFIXES.stream().anyMatch(s -> type.equals(family.getKey() + s)))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String knownTypes() {
    Stream<String> types =
        new TreeSet<>(DEFAULTS.keySet()).stream().map(family -> family + SUFFIXES.get(0));
    return String.join(", ", types.toList());
  }

  private ImageTransform toTransform() {
    if (settings.flag("do_pad", false)) {
      throw settings.wrong("do_pad", "true", "false or no such key, as no supported model pads");
    }
    Resize resize = settings.flag("do_resize", true) ? resize() : new Unresized();
    return ImageTransform.of(
        new Fit(resize, resample(), Crop.transformers(crop(resize))), normalisation());
  }

  private Normalisation normalisation() {
    Normalisation otherwise = defaults.normalisation();
    boolean rescale = settings.flag("do_rescale", true);
    boolean normalise = settings.flag("do_normalize", true);
    return new Normalisation(
        rescale ? settings.positive("rescale_factor", otherwise.rescale()) : 1,
        normalise ? settings.channels("image_mean", otherwise::mean, false) : Normalisation.same(0),
        normalise ? settings.channels("image_std", otherwise::std, true) : Normalisation.same(1));
  }

  private Resize resize() {
    JsonNode size = settings.value("size");
    if (size == null) {
      return edges(DEFAULT_SIDE, defaults.squash());
    }
    if (size.isNumber()) {
      return edges(settings.side("size", size), defaults.oneNumberIsSquare());
    }
    if (size.isObject() && size.has("shortest_edge") && !size.has("longest_edge")) {
      return new ShortestEdge(settings.side("size.shortest_edge", size.get("shortest_edge")));
    }
    return new Squash(
        settings.heightAndWidth(
            "size", size, "a number, {\"shortest_edge\"} or {\"height\", \"width\"} in pixels"));
  }

  private static Resize edges(int side, boolean both) {
    return both ? new Squash(PixelSize.square(side)) : new ShortestEdge(side);
  }

  private PixelSize crop(Resize resize) {
    if (!settings.flag("do_center_crop", !defaults.squash())) {
      if (resize instanceof Squash squash) {
        return squash.target();
      }
      throw settings.wrong(
          "do_center_crop",
          "false while size leaves the input's shape open",
          "true, or a size of {\"height\", \"width\"}");
    }
    @Nullable JsonNode crop = settings.value("crop_size");
    if (crop == null) {
      return PixelSize.square(DEFAULT_SIDE);
    }
    return crop.isNumber()
        ? PixelSize.square(settings.side("crop_size", crop))
        : settings.heightAndWidth(
            "crop_size", crop, "a number or {\"height\", \"width\"} in pixels");
  }

  private Resample resample() {
    JsonNode code = settings.value("resample");
    if (code == null) {
      return defaults.resample();
    }
    return Arrays.stream(Resample.values())
        .filter(known -> code.isIntegralNumber() && code.asString().equals("" + known.code()))
        .findFirst()
        .orElseThrow(
            () ->
                settings.wrong(
                    "resample", code.toString(), "1 (Lanczos), 2 (bilinear) or 3 (bicubic)"));
  }
}
