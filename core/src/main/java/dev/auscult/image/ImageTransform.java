package dev.auscult.image;

import java.util.List;

/**
 * A model's own preprocessing, from decoded pixels to its input.
 *
 * @param resize how the image becomes large enough
 * @param resizeTo the target of {@code resize} in pixels
 * @param resample the filter, antialiased as Pillow's
 * @param crop side of the centre crop in pixels, which is the model's input size
 * @param rescale factor on 0-255 samples, normally 1/255
 * @param mean per channel, after rescaling
 * @param std per channel, after rescaling
 */
public record ImageTransform(
    Resize resize,
    int resizeTo,
    Resample resample,
    int crop,
    double rescale,
    List<Double> mean,
    List<Double> std) {

  /** How an image is brought to the target size. */
  public enum Resize {
    /** The shorter edge becomes the target, the aspect ratio stays. */
    SHORTEST_EDGE,
    /** Both edges become the target, whatever the aspect ratio. */
    SQUASH,
    /** Nothing is resized. */
    NONE
  }

  /** Pillow's resampling filters. */
  public enum Resample {
    /** Triangle filter, support 1. */
    BILINEAR,
    /** Keys cubic with a = -0.5, support 2. */
    BICUBIC
  }

  /** Copies the lists. */
  public ImageTransform {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }
}
