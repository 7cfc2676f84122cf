package dev.auscult.adapt;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * The weights of SCALE's terms beside the cross-entropy of combinations (equation 3); the paper
 * found its own by grid search and does not publish them.
 *
 * @param concepts lambda 1, cross-entropy of concepts
 * @param classes lambda 2, cross-entropy of classes
 * @param images lambda 3, supervised contrast of images
 * @param texts lambda 4, supervised contrast of texts
 */
public record ScaleWeights(double concepts, double classes, double images, double texts) {
  /** 1, 1, 0.5, 0.5. */
  public static final ScaleWeights STANDARD = new ScaleWeights(1, 1, .5, .5);

  /** Checks the numbers. */
  public ScaleWeights {
    if (!DoubleStream.of(concepts, classes, images, texts)
        .allMatch(weight -> weight >= 0 && Double.isFinite(weight))) {
      throw new IllegalArgumentException(
          "weights %s, %s, %s, %s".formatted(concepts, classes, images, texts));
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s,%s,%s,%s", concepts, classes, images, texts);
  }
}
