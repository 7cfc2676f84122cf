package dev.auscult.report;

import dev.auscult.balance.ImageContributions;
import dev.auscult.image.RgbImage;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image as the model sees it under the contributions of its patches: blue where a patch lowers
 * the score, red where it raises it, clear at 0, strength in proportion to the contribution.
 *
 * @param image the model's input before normalisation, square or not
 * @param patches contributions on a grid that covers the image
 * @param regions known regions by name, white on black, of the image's size
 */
record HeatMap(RgbImage image, ImageContributions patches, Map<String, RgbImage> regions) {
  /** The tint of the strongest patch. */
  static final double STRONGEST = 0.72;

  /** Checks that the regions fit. */
  HeatMap {
    regions = new TreeMap<>(regions);
    for (Map.Entry<String, RgbImage> region : regions.entrySet()) {
      if (region.getValue().width() != image.width()
          || region.getValue().height() != image.height()) {
        throw new IllegalArgumentException(
            "region %s is %d x %d on an image of %d x %d"
                .formatted(
                    region.getKey(),
                    region.getValue().width(),
                    region.getValue().height(),
                    image.width(),
                    image.height()));
      }
    }
  }

  /** The largest absolute contribution, which has the strongest tint; 0 if all are 0. */
  double scale() {
    return scale(patches.phi());
  }

  /** The largest absolute value. */
  static double scale(List<Double> values) {
    return values.stream().mapToDouble(Math::abs).max().orElse(0);
  }

  /** The tint of a contribution, transparent at 0. */
  static Color tint(double phi, double scale) {
    double strength = scale > 0 ? Math.min(1, Math.abs(phi) / scale) : 0;
    Color hue = phi < 0 ? Palette.NEGATIVE : Palette.POSITIVE;
    return new Color(
        hue.getRed(), hue.getGreen(), hue.getBlue(), (int) Math.round(255 * STRONGEST * strength));
  }

  /** The outline's colour of a region. */
  static Color outline(String region) {
    return region.equals("lesion") ? Palette.LESION : Palette.REGION;
  }
}
