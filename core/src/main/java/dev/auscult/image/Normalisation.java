package dev.auscult.image;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What makes floats of 8-bit samples: {@code (sample * rescale - mean) / std} per channel.
 *
 * <p>The product is computed in double precision and rounded to a float; difference and quotient
 * are floats. With {@code rescale} 1/255 these are bit for bit the values of transformers' NumPy
 * code and of torchvision's {@code ToTensor} and {@code Normalize}.
 *
 * @param rescale factor on 0-255 samples, normally 1/255
 * @param mean of red, green, blue after rescaling
 * @param std of red, green, blue after rescaling
 */
public record Normalisation(double rescale, List<Double> mean, List<Double> std) {
  private static final double TO_UNIT = 1 / 255.0;

  /** Checks the factors and copies the lists. */
  public Normalisation {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != 3 || !mean.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("not the means of three channels: " + mean);
    }
    if (std.size() != 3 || !std.stream().allMatch(Normalisation::isPositive)) {
      throw new IllegalArgumentException("not the standard deviations of three channels: " + std);
    }
    if (!isPositive(rescale)) {
      throw new IllegalArgumentException("not a rescale factor: " + rescale);
    }
  }

  /** The channels of OpenAI's CLIP. */
  public static Normalisation clip() {
    return unit(
        List.of(0.48145466, 0.4578275, 0.40821073), List.of(0.26862954, 0.26130258, 0.27577711));
  }

  /** The channels of ImageNet. */
  public static Normalisation imageNet() {
    return unit(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
  }

  /** Mean and standard deviation 1/2: the model sees [-1, 1]. */
  public static Normalisation centred() {
    return unit(same(0.5), same(0.5));
  }

  /** Nothing but the scale: the model sees [0, 1]. */
  public static Normalisation none() {
    return unit(same(0), same(1));
  }

  /** Samples scaled to [0, 1], then normalised. */
  public static Normalisation unit(List<Double> mean, List<Double> std) {
    return new Normalisation(TO_UNIT, mean, std);
  }

  /** One number for all channels. */
  static List<Double> same(double value) {
    return List.of(value, value, value);
  }

  PixelBatch apply(RgbImage image) {
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

  /** The pixels nearest to the values of one image. */
  RgbImage invert(PixelBatch image) {
    int pixels = image.height() * image.width();
    byte[] rgb = new byte[3 * pixels];
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < pixels; i++) {
        double value = image.values()[channel * pixels + i];
        long sample = Math.round((value * std.get(channel) + mean.get(channel)) / rescale);
        rgb[3 * i + channel] = (byte) Math.max(0, Math.min(255, sample));
      }
    }
    return new RgbImage(image.width(), image.height(), rgb);
  }

  /** The exact numbers, for hashes. */
  List<String> hexadecimal() {
    return List.of(Double.toHexString(rescale), hexadecimal(mean), hexadecimal(std));
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
