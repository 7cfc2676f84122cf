package dev.auscult.report;

import dev.auscult.balance.ImageContributions;
import dev.auscult.image.RgbImage;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image as the model sees it under the contributions of its patches: blue where a patch lowers
 * the score, red where it raises it, clear at 0, strength in proportion to the contribution. A map
 * dominated by noise is striped.
 *
 * @param image the model's input before normalisation, square or not
 * @param patches contributions on a grid that covers the image
 * @param regions known regions by name, white on black, of the image's size
 * @param noiseDominated whether single patches must not be read
 */
record HeatMap(
    RgbImage image,
    ImageContributions patches,
    Map<String, RgbImage> regions,
    boolean noiseDominated) {
  /** The tint of the strongest patch. */
  static final double STRONGEST = 0.72;

  /** Width of the drawn image in the picture's own units. */
  static final int WIDTH = 320;

  /** What the scale below the image takes. */
  static final int SCALE_HEIGHT = 46;

  /** What the name of a region takes. */
  static final int KEY_HEIGHT = 22;

  static final double GRID_OPACITY = 0.22;
  static final String UNIT = "contribution of a patch";
  static final String NOISE = "noise: do not read single patches";
  private static final int BETWEEN_STRIPES = 20;

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

  /** Height of the drawn image. */
  int height() {
    return Math.max(1, Math.round((float) WIDTH * image.height() / image.width()));
  }

  /** Height with scale and names. */
  int totalHeight() {
    return height() + SCALE_HEIGHT + KEY_HEIGHT * regions.size();
  }

  /** Where a pixel of the image is drawn. */
  double x(int pixel) {
    return (double) pixel * WIDTH / image.width();
  }

  /** Where a pixel of the image is drawn. */
  double y(int pixel) {
    return (double) pixel * height() / image.height();
  }

  /** The largest absolute contribution, which has the strongest tint; 0 if all are 0. */
  double scale() {
    return scale(patches.phi());
  }

  /** The largest absolute value. */
  static double scale(List<Double> values) {
    return values.stream().mapToDouble(Math::abs).max().orElse(0);
  }

  /** The words at the low end of the scale. */
  String lowest() {
    return ChartStyle.minus("-" + magnitude());
  }

  /** The words at the high end of the scale. */
  String highest() {
    return "+" + magnitude();
  }

  private String magnitude() {
    return Figures.decimal(scale(), Figures.decimalsFor(scale()));
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

  /** What the key calls a region. */
  static String regionName(String region) {
    return region + " (known region)";
  }

  /** A line of the pattern over a map dominated by noise. */
  record Stripe(int x0, int y0, int x1, int y1) {}

  /** Lines from the lower left to the upper right, within the image. */
  List<Stripe> stripes() {
    int height = height();
    List<Stripe> stripes = new ArrayList<>();
    for (int at = BETWEEN_STRIPES; at < WIDTH + height; at += BETWEEN_STRIPES) {
      int below = Math.min(at, height);
      int right = Math.min(at, WIDTH);
      stripes.add(new Stripe(at - below, below, right, at - right));
    }
    return stripes;
  }
}
