package dev.auscult.report;

import dev.auscult.image.Fit;
import dev.auscult.image.PixelSize;
import dev.auscult.image.Resample;
import dev.auscult.image.RgbImage;
import java.util.Optional;

/**
 * An image or a text, or both, as a page shows it.
 *
 * @param id its name
 * @param image small
 * @param text in full
 */
public record ShownItem(String id, Optional<RgbImage> image, Optional<String> text) {
  private static final int SIDE = 160;

  /** A text. */
  public static ShownItem ofText(String id, String text) {
    return new ShownItem(id, Optional.empty(), Optional.of(text));
  }

  /** An image, made small, with what is known of it. */
  public static ShownItem ofImage(String id, RgbImage image, Optional<String> text) {
    return new ShownItem(id, Optional.of(small(image)), text);
  }

  private static RgbImage small(RgbImage image) {
    double factor = (double) SIDE / Math.max(image.width(), image.height());
    if (factor >= 1) {
      return image;
    }
    PixelSize size =
        new PixelSize(
            Math.max(1, (int) Math.round(image.height() * factor)),
            Math.max(1, (int) Math.round(image.width() * factor)));
    return Fit.squash(size, Resample.BICUBIC).apply(image);
  }
}
