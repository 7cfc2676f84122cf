package dev.auscult.image;

import dev.auscult.base.AtomicFile;
import dev.auscult.base.ContentHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A model's own preprocessing, from decoded pixels to its input: steps on 8-bit pixels, among them
 * exactly one {@link Fit}; normalisation; and, of a few models, a resize of the normalised values.
 *
 * @param steps what happens to the pixels, in order
 * @param normalisation what makes floats of the pixels
 * @param tensorResize what happens to the floats
 */
public record ImageTransform(
    List<PixelStep> steps, Normalisation normalisation, Optional<TensorResize> tensorResize) {

  /** Copies the steps and checks that the size is set exactly once. */
  public ImageTransform {
    steps = List.copyOf(steps);
    if (steps.stream().filter(Fit.class::isInstance).count() != 1) {
      throw new IllegalArgumentException("not exactly one resize and crop among " + steps);
    }
  }

  /** The common form: resized, cropped, normalised. */
  public static ImageTransform of(Fit fit, Normalisation normalisation) {
    return new ImageTransform(List.of(fit), normalisation, Optional.empty());
  }

  /** OpenAI CLIP's preprocessing for an input of {@code side x side} pixels. */
  public static ImageTransform clip(int side) {
    return of(
        new Fit(
            new Resize.ShortestEdge(side),
            Resample.BICUBIC,
            Crop.transformers(PixelSize.square(side))),
        Normalisation.clip());
  }

  /** As {@link #clip} with mean and standard deviation 1/2: the model sees [-1, 1]. */
  public static ImageTransform centred(int side) {
    return of(clip(side).fit(), Normalisation.centred());
  }

  /**
   * Reads a Hugging Face {@code preprocessor_config.json} of an image processor that resizes,
   * crops, rescales and normalises: those of CLIP, SigLIP, ViT and BiT (DINOv2).
   *
   * @throws dev.auscult.base.InputException naming the key at fault
   */
  public static ImageTransform read(Path file) {
    return PreprocessorConfig.read(file);
  }

  /**
   * The same from a configuration already read.
   *
   * @param fileName what messages call it
   * @throws dev.auscult.base.InputException naming the key at fault
   */
  public static ImageTransform parse(JsonNode preprocessorConfig, String fileName) {
    return PreprocessorConfig.parse(preprocessorConfig, fileName);
  }

  /**
   * Reads the {@code preprocess_cfg} of an {@code open_clip_config.json}; the image size is that of
   * {@code model_cfg.vision_cfg} if it names one.
   *
   * @throws dev.auscult.base.InputException naming the key at fault
   */
  public static ImageTransform readOpenClip(Path file) {
    return OpenClipPreprocessing.read(file);
  }

  /**
   * The same from a configuration already read.
   *
   * @param fileName what messages call it
   * @throws dev.auscult.base.InputException naming the key at fault
   */
  public static ImageTransform parseOpenClip(JsonNode openClipConfig, String fileName) {
    return OpenClipPreprocessing.parse(openClipConfig, fileName);
  }

  /**
   * Writes a {@code preprocessor_config.json} that transformers and {@link #read} take.
   *
   * @throws IOException if the file cannot be written
   * @throws IllegalStateException if transformers' {@code CLIPImageProcessor} does nothing like it
   */
  public void write(Path file) throws IOException {
    AtomicFile.writeString(file, PreprocessorConfig.format(this));
  }

  /**
   * The same for square images of another size, of which it sees the same part: the edge that is
   * resized grows with the crop. Nothing for a transform of one size only, which resizes twice or
   * makes no squares.
   *
   * @param side of the result in pixels
   */
  public Optional<ImageTransform> resized(int side) {
    PixelSize size = fit().crop().size();
    if (tensorResize.isPresent() || size.width() != size.height()) {
      return Optional.empty();
    }
    List<PixelStep> others =
        steps.stream().map(step -> step instanceof Fit fit ? fit.resized(side) : step).toList();
    return Optional.of(new ImageTransform(others, normalisation, tensorResize));
  }

  /** The step that sets the size. */
  public Fit fit() {
    return steps.stream()
        .filter(Fit.class::isInstance)
        .map(Fit.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** How the image becomes large enough. */
  public Resize resize() {
    return fit().resize();
  }

  /** The filter of {@link #resize()}. */
  public Resample resample() {
    return fit().resample();
  }

  /** The size of the model's input. */
  public PixelSize crop() {
    return tensorResize.map(TensorResize::target).orElse(fit().crop().size());
  }

  /** The model's input for one image: {@code [1, 3, crop height, crop width]}. */
  public PixelBatch apply(RgbImage image) {
    PixelBatch values = normalisation.apply(afterSteps(image));
    return tensorResize.map(last -> last.apply(values)).orElse(values);
  }

  /**
   * The pixels the model sees, at the size of its input, before normalisation; reports show them.
   * If floats are resized, the pixels nearest to them.
   */
  public RgbImage resizeAndCrop(RgbImage image) {
    return tensorResize.isPresent() ? normalisation.invert(apply(image)) : afterSteps(image);
  }

  /** The 8-bit pixels that are normalised. */
  RgbImage afterSteps(RgbImage image) {
    RgbImage pixels = image;
    for (PixelStep step : steps) {
      pixels = step.apply(pixels);
    }
    return pixels;
  }

  /** Identifies the configuration: equal transforms, equal hashes, on every machine. */
  public ContentHash hash() {
    Fit fit = fit();
    List<String> parts = new ArrayList<>();
    if (isCommon()) { // the form of the first version, whose hashes are in caches and results
      parts.addAll(List.of("image-transform-1", fit.resize().toString(), fit.resample().name()));
      parts.add(fit.crop().size().toString());
    } else {
      parts.addAll(List.of("image-transform-2", steps.toString(), tensorResize.toString()));
    }
    parts.addAll(normalisation.hexadecimal());
    return ContentHash.of(parts.toArray(String[]::new));
  }

  /** Whether transformers' {@code CLIPImageProcessor} can do it. */
  boolean isCommon() {
    Fit fit = fit();
    boolean known =
        fit.resize() instanceof Resize.ShortestEdge
            || fit.resize() instanceof Resize.Squash
            || fit.resize() instanceof Resize.Unresized;
    return known
        && fit.crop().equals(Crop.transformers(fit.crop().size()))
        && steps.size() == 1
        && tensorResize.isEmpty();
  }
}
