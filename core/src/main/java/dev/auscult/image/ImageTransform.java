package dev.auscult.image;

import dev.auscult.base.AtomicFile;
import dev.auscult.base.ContentHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A model's own preprocessing, from decoded pixels to its input: resize, centre crop, rescale,
 * normalise, with the arithmetic of transformers' {@code CLIPImageProcessorPil}.
 *
 * @param resize how the image becomes large enough
 * @param resample the filter, antialiased as Pillow's
 * @param crop the centre crop, which is the model's input size; a smaller image is padded with
 *     black
 * @param rescale factor on 0-255 samples, normally 1/255
 * @param mean of red, green, blue after rescaling
 * @param std of red, green, blue after rescaling
 */
public record ImageTransform(
    Resize resize,
    Resample resample,
    PixelSize crop,
    double rescale,
    List<Double> mean,
    List<Double> std) {

  /** The channel means of OpenAI's CLIP. */
  public static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);

  /** The channel standard deviations of OpenAI's CLIP. */
  public static final List<Double> CLIP_STD = List.of(0.26862954, 0.26130258, 0.27577711);

  /** How an image is brought to the target size. */
  public sealed interface Resize {}

  /**
   * The shorter edge becomes {@code pixels}, the aspect ratio stays; the longer edge is rounded
   * down.
   */
  public record ShortestEdge(int pixels) implements Resize {
    /** Checks that the edge is positive. */
    public ShortestEdge {
      if (pixels < 1) {
        throw new IllegalArgumentException("not an edge: " + pixels);
      }
    }
  }

  /** Both edges become the target's, whatever the aspect ratio. */
  public record Squash(PixelSize target) implements Resize {}

  /** Nothing is resized. */
  public record Unresized() implements Resize {}

  /** Pillow's resampling filters; the number in configurations is {@link #code()}. */
  public enum Resample {
    /** Triangle filter. */
    BILINEAR(2, 1) {
      @Override
      double weight(double distance) {
        return Math.max(0, 1 - Math.abs(distance));
      }
    },
    /** Cubic convolution, R. G. Keys, IEEE TASSP 29 (1981), with a = -1/2. */
    BICUBIC(3, 2) {
      @Override
      double weight(double distance) {
        double x = Math.abs(distance);
        if (x < 1) {
          return ((KEYS_A + 2) * x - (KEYS_A + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * KEYS_A : 0;
      }
    };

    private static final double KEYS_A = -0.5;

    private final int code;
    private final int support;

    Resample(int code, int support) {
      this.code = code;
      this.support = support;
    }

    /** Pillow's number for the filter, as in {@code preprocessor_config.json}. */
    public int code() {
      return code;
    }

    /** Half the filter's width in pixels when nothing is scaled. */
    int support() {
      return support;
    }

    abstract double weight(double distance);
  }

  /** Checks the factors and copies the lists. */
  public ImageTransform {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != 3 || !mean.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("not the means of three channels: " + mean);
    }
    if (std.size() != 3 || !std.stream().allMatch(ImageTransform::isPositive)) {
      throw new IllegalArgumentException("not the standard deviations of three channels: " + std);
    }
    if (!isPositive(rescale)) {
      throw new IllegalArgumentException("not a rescale factor: " + rescale);
    }
  }

  /** OpenAI CLIP's preprocessing for an input of {@code side x side} pixels. */
  public static ImageTransform clip(int side) {
    return new ImageTransform(
        new ShortestEdge(side),
        Resample.BICUBIC,
        PixelSize.square(side),
        1 / 255.0,
        CLIP_MEAN,
        CLIP_STD);
  }

  /** As {@link #clip} with mean and standard deviation 1/2: the model sees [-1, 1]. */
  public static ImageTransform centred(int side) {
    List<Double> half = List.of(0.5, 0.5, 0.5);
    return new ImageTransform(
        new ShortestEdge(side), Resample.BICUBIC, PixelSize.square(side), 1 / 255.0, half, half);
  }

  /**
   * Reads a Hugging Face {@code preprocessor_config.json} of the CLIP family.
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
   * Writes a {@code preprocessor_config.json} that transformers and {@link #read} take.
   *
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    AtomicFile.writeString(file, PreprocessorConfig.format(this));
  }

  /** The model's input for one image: {@code [1, 3, crop height, crop width]}. */
  public PixelBatch apply(RgbImage image) {
    return normalise(resizeAndCrop(image));
  }

  /** The pixels the model sees, before rescaling and normalisation; reports show them. */
  public RgbImage resizeAndCrop(RgbImage image) {
    Resampler.Extent resized = resizedExtent(image);
    Resampler.Window window =
        new Resampler.Window(
            Math.max(0, (resized.height() - crop.height()) / 2),
            Math.max(0, (resized.width() - crop.width()) / 2),
            (int) Math.min(crop.height(), resized.height()),
            (int) Math.min(crop.width(), resized.width()));
    return pad(Resampler.resize(image, resized, resample, window));
  }

  /** Identifies the configuration: equal transforms, equal hashes, on every machine. */
  public ContentHash hash() {
    return ContentHash.of(
        "image-transform-1",
        resize.toString(),
        resample.name(),
        crop.toString(),
        Double.toHexString(rescale),
        hexadecimal(mean),
        hexadecimal(std));
  }

  private Resampler.Extent resizedExtent(RgbImage image) {
    if (resize instanceof ShortestEdge edge) {
      return image.width() <= image.height()
          ? new Resampler.Extent(
              longEdge(edge.pixels(), image.height(), image.width()), edge.pixels())
          : new Resampler.Extent(
              edge.pixels(), longEdge(edge.pixels(), image.width(), image.height()));
    }
    if (resize instanceof Squash squash) {
      return new Resampler.Extent(squash.target().height(), squash.target().width());
    }
    return new Resampler.Extent(image.height(), image.width());
  }

  private static long longEdge(int shortTarget, int longSide, int shortSide) {
    return (long) ((double) ((long) shortTarget * longSide) / shortSide);
  }

  /** Centres the image on black; with an odd margin the larger half is at the top and left. */
  private RgbImage pad(RgbImage image) {
    if (image.width() == crop.width() && image.height() == crop.height()) {
      return image;
    }
    byte[] in = image.bytes();
    byte[] out = new byte[Math.multiplyExact(3 * crop.width(), crop.height())];
    int top = (crop.height() - image.height() + 1) / 2;
    int left = (crop.width() - image.width() + 1) / 2;
    for (int y = 0; y < image.height(); y++) {
      int from = 3 * y * image.width();
      int to = 3 * ((top + y) * crop.width() + left);
      System.arraycopy(in, from, out, to, 3 * image.width());
    }
    return new RgbImage(crop.width(), crop.height(), out);
  }

  private PixelBatch normalise(RgbImage image) {
    byte[] rgb = image.bytes();
    int pixels = rgb.length / 3;
    float[] values = new float[rgb.length];
    for (int channel = 0; channel < 3; channel++) {
      float[] table = normalised(channel);
      for (int i = 0; i < pixels; i++) {
        values[channel * pixels + i] = table[rgb[3 * i + channel] & 0xff];
      }
    }
    return new PixelBatch(1, 3, image.height(), image.width(), values);
  }

  /** What each of the 256 sample values becomes, rounded where the reference rounds. */
  private float[] normalised(int channel) {
    float channelMean = mean.get(channel).floatValue();
    float channelStd = std.get(channel).floatValue();
    float[] table = new float[256];
    for (int sample = 0; sample < table.length; sample++) {
      table[sample] = ((float) (sample * rescale) - channelMean) / channelStd;
    }
    return table;
  }

  private static boolean isPositive(double value) {
    return Double.isFinite(value) && value > 0;
  }

  private static String hexadecimal(List<Double> values) {
    return values.stream().map(Double::toHexString).collect(Collectors.joining(" "));
  }
}
