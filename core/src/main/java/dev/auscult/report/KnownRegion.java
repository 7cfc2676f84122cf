package dev.auscult.report;

import dev.auscult.balance.ImageContributions;
import dev.auscult.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/** A known region of an image: its outline, and how much of an explanation lies on it. */
public final class KnownRegion {
  private static final int INSIDE = 128;

  private KnownRegion() {}

  /**
   * A straight piece of an outline, in pixels from the top left corner.
   *
   * @param x0 begin
   * @param y0 begin
   * @param x1 end
   * @param y1 end
   */
  record Edge(int x0, int y0, int x1, int y1) {}

  /**
   * The edges between pixels inside and outside, horizontal ones first, merged where they run on.
   */
  static List<Edge> edges(RgbImage mask) {
    List<Edge> edges = new ArrayList<>();
    for (int y = 0; y <= mask.height(); y++) {
      int from = -1;
      for (int x = 0; x <= mask.width(); x++) {
        boolean edge = x < mask.width() && inside(mask, x, y) != inside(mask, x, y - 1);
        if (edge && from < 0) {
          from = x;
        } else if (!edge && from >= 0) {
          edges.add(new Edge(from, y, x, y));
          from = -1;
        }
      }
    }
    for (int x = 0; x <= mask.width(); x++) {
      int from = -1;
      for (int y = 0; y <= mask.height(); y++) {
        boolean edge = y < mask.height() && inside(mask, x, y) != inside(mask, x - 1, y);
        if (edge && from < 0) {
          from = y;
        } else if (!edge && from >= 0) {
          edges.add(new Edge(x, from, x, y));
          from = -1;
        }
      }
    }
    return edges;
  }

  /**
   * The share of the absolute contributions that lies on a region; each patch counts with the part
   * of its area inside. Compare it with {@link #area}.
   *
   * @param mask the region in the model's view, white on black
   * @return 0 to 1, NaN if every contribution is 0
   */
  public static double mass(ImageContributions patches, RgbImage mask) {
    double inside = 0;
    for (int row = 0; row < patches.rows(); row++) {
      for (int column = 0; column < patches.columns(); column++) {
        double phi = Math.abs(patches.phi().get(row * patches.columns() + column));
        inside += phi * covered(patches, mask, row, column);
      }
    }
    return inside / patches.magnitude();
  }

  /**
   * The pointing game: whether the patch with the largest absolute contribution, the first of them
   * row by row, touches a region. Compare it with {@link #touched}.
   *
   * @param mask the region in the model's view, white on black
   */
  public static boolean pointedAt(ImageContributions patches, RgbImage mask) {
    int strongest = 0;
    for (int patch = 1; patch < patches.phi().size(); patch++) {
      if (Math.abs(patches.phi().get(patch)) > Math.abs(patches.phi().get(strongest))) {
        strongest = patch;
      }
    }
    return covered(patches, mask, strongest / patches.columns(), strongest % patches.columns()) > 0;
  }

  /** The share of the patches that touch a region, 0 to 1. */
  public static double touched(ImageContributions patches, RgbImage mask) {
    int count = 0;
    for (int row = 0; row < patches.rows(); row++) {
      for (int column = 0; column < patches.columns(); column++) {
        count += covered(patches, mask, row, column) > 0 ? 1 : 0;
      }
    }
    return (double) count / (patches.rows() * patches.columns());
  }

  /** The share of the image that a region covers, 0 to 1. */
  public static double area(RgbImage mask) {
    return share(mask, 0, 0, mask.width(), mask.height());
  }

  private static double covered(ImageContributions patches, RgbImage mask, int row, int column) {
    return share(
        mask,
        column * mask.width() / patches.columns(),
        row * mask.height() / patches.rows(),
        (column + 1) * mask.width() / patches.columns(),
        (row + 1) * mask.height() / patches.rows());
  }

  private static double share(RgbImage mask, int x0, int y0, int x1, int y1) {
    int count = 0;
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        count += inside(mask, x, y) ? 1 : 0;
      }
    }
    return (double) count / Math.max(1, (x1 - x0) * (y1 - y0));
  }

  private static boolean inside(RgbImage mask, int x, int y) {
    return x >= 0
        && y >= 0
        && x < mask.width()
        && y < mask.height()
        && mask.sample(x, y, 0) >= INSIDE;
  }
}
