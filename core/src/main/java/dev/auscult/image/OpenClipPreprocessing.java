package dev.auscult.image;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The image transform for inference that open_clip 3.3 builds of an {@code open_clip_config.json}:
 * {@code image_transform_v2(PreprocessCfg, is_train=False)}. Absent or null keys take its defaults,
 * keys it does not know are ignored, and the model's own image size prevails.
 */
final class OpenClipPreprocessing {
  private static final String FILE = "open_clip_config.json";
  private static final int DEFAULT_SIDE = 224;

  private final JsonSettings vision;
  private final JsonSettings preprocessing;

  private OpenClipPreprocessing(JsonSettings config) {
    this.vision = config.inner("model_cfg").inner("vision_cfg");
    this.preprocessing = config.inner("preprocess_cfg");
  }

  static ImageTransform read(Path file) {
    return new OpenClipPreprocessing(JsonSettings.read(file, FILE)).toTransform();
  }

  static ImageTransform parse(JsonNode config, String fileName) {
    return new OpenClipPreprocessing(JsonSettings.of(config, fileName, FILE)).toTransform();
  }

  private ImageTransform toTransform() {
    oneOf("mode", "RGB");
    PixelSize size = size();
    String resize = oneOf("resize_mode", "shortest", "longest", "squash");
    boolean bilinear = oneOf("interpolation", "bicubic", "bilinear", "random").equals("bilinear");
    Resample resample = bilinear ? Resample.BILINEAR : Resample.BICUBIC;
    Crop filled =
        new Crop(size, Crop.Centring.TORCHVISION, preprocessing.whole("fill_color", 0, 0, 255));
    Fit fit =
        switch (resize) {
          case "longest" -> new Fit(new Resize.Contain(size), resample, filled);
          case "squash" -> Fit.squash(size, resample);
          default -> shortest(size, resample);
        };
    return ImageTransform.of(fit, normalisation());
  }

  private PixelSize size() {
    return size(vision, "image_size")
        .or(() -> size(preprocessing, "size"))
        .orElse(PixelSize.square(DEFAULT_SIDE));
  }

  private static Optional<PixelSize> size(JsonSettings settings, String key) {
    @Nullable JsonNode size = settings.value(key);
    if (size == null) {
      return Optional.empty();
    }
    return Optional.of(
        size.isNumber()
            ? PixelSize.square(settings.side(key, size))
            : settings.heightAndWidth(key, size, "a number or [height, width] in pixels"));
  }

  /** A size that is not square is always reached by bicubic resampling. */
  private static Fit shortest(PixelSize size, Resample resample) {
    return size.height() == size.width()
        ? Fit.torchvision(size.height(), resample, size.height())
        : new Fit(new Resize.Cover(size), Resample.BICUBIC, Crop.torchvision(size));
  }

  private Normalisation normalisation() {
    Normalisation otherwise = Normalisation.clip();
    return new Normalisation(
        otherwise.rescale(),
        preprocessing.channels("mean", otherwise::mean, false),
        preprocessing.channels("std", otherwise::std, true));
  }

  /** A setting that must be one of {@code known}; the first if it is absent. */
  private String oneOf(String key, String... known) {
    JsonNode value = preprocessing.value(key);
    if (value == null) {
      return known[0];
    }
    for (String each : known) {
      if (value.stringValue("").equals(each)) {
        return each;
      }
    }
    throw preprocessing.wrong(key, value.toString(), "one of " + String.join(", ", known));
  }
}
