package dev.auscult.image.lettering;

import dev.auscult.image.lettering.Glyph.Spread;
import java.util.ArrayList;
import java.util.List;

/** Finds regions of the shape of letters that keep their outline over several levels. */
final class GlyphSearch {
  /** Over so many levels a letter keeps its outline at least. */
  private static final int LEAST_DEPTH = 10;

  /** What a letter's outline may move by, as a share of its height: blurred edges. */
  private static final double SLACK = 0.15;

  private static final int RING = 2;

  private final GrayPlane plane;
  private final ExtremalRegions regions;

  /** Regions that are a brighter one with its edges. */
  private final boolean[] sameAsBrighter;

  private final boolean[] inside;
  private final int[] stack;

  private GlyphSearch(GrayPlane plane) {
    int pixels = plane.width() * plane.height();
    this.plane = plane;
    this.regions = ExtremalRegions.of(plane);
    this.sameAsBrighter = new boolean[pixels];
    this.inside = new boolean[pixels];
    this.stack = new int[pixels];
  }

  /** What may be bright letters. */
  static List<Glyph> in(GrayPlane plane) {
    GlyphSearch search = new GlyphSearch(plane);
    List<Glyph> glyphs = new ArrayList<>();
    search.regions.forEach(region -> search.collect(region, glyphs));
    return glyphs;
  }

  private void collect(int region, List<Glyph> glyphs) {
    int height = regions.height(region);
    if (sameAsBrighter[region] || height < 5 || height > mostRows()) {
      return;
    }
    int slack = Math.max(1, (int) (SLACK * height));
    int last = region;
    int middle = region;
    for (int next = regions.parent(region);
        next != last && regions.keepsOutline(region, next, slack);
        next = regions.parent(next)) {
      sameAsBrighter[next] = true;
      last = next;
    }
    int floor = last == regions.parent(last) ? 0 : regions.level(regions.parent(last));
    int depth = regions.level(region) - floor;
    if (depth < LEAST_DEPTH) {
      return;
    }
    int half = regions.level(region) - depth / 2;
    while (middle != last && regions.level(regions.parent(middle)) >= half) {
      middle = regions.parent(middle);
    }
    if (couldBeLetters(middle)) {
      Glyph glyph = glyph(middle, depth);
      if (glyph.standsOut()) {
        glyphs.add(glyph);
      }
    }
  }

  private double mostRows() {
    return 0.22 * Math.min(plane.width(), plane.height());
  }

  /** By shape alone. */
  private boolean couldBeLetters(int region) {
    int width = regions.width(region);
    int height = regions.height(region);
    double area = regions.area(region);
    double stroke = 2 * area / regions.edges(region);
    double fill = area / (width * height);
    double aspect = (double) width / height;
    double complexity = regions.edges(region) / (2.0 * (width + height));
    return height >= 5
        && height >= 3 * stroke
        && height <= 25 * stroke
        && aspect >= 0.08
        && aspect <= 14
        && fill >= 0.12
        && (aspect < 0.5 || fill <= 0.8)
        && (aspect <= 1.8 || complexity >= 1.5);
  }

  /** Measures ink and the ground beside it. */
  private Glyph glyph(int region, int depth) {
    int level = regions.level(region);
    int filled = fill(region, level);
    Levels ink = new Levels();
    for (int i = 0; i < filled; i++) {
      ink.add(plane.at(stack[i]));
    }
    Levels ground = new Levels();
    Box box = regions.box(region);
    Box around = box.grown(RING, plane.width(), plane.height());
    for (int y = around.top(); y < around.bottom(); y++) {
      for (int x = around.left(); x < around.right(); x++) {
        int at = y * plane.width() + x;
        if (plane.at(at) < level) {
          ground.add(plane.at(at));
        }
      }
    }
    for (int i = 0; i < filled; i++) {
      inside[stack[i]] = false;
    }
    return new Glyph(
        box,
        2.0 * regions.area(region) / regions.edges(region),
        depth,
        new Spread(ink.quantile(0.5), ink.spread()),
        new Spread(ground.quantile(0.5), ground.spread()));
  }

  /** Puts the region's pixels on the stack and returns how many. */
  private int fill(int seed, int level) {
    int filled = 0;
    stack[filled++] = seed;
    inside[seed] = true;
    for (int next = 0; next < filled; next++) {
      int x = stack[next] % plane.width();
      int y = stack[next] / plane.width();
      for (int row = Math.max(0, y - 1); row <= Math.min(plane.height() - 1, y + 1); row++) {
        for (int column = Math.max(0, x - 1);
            column <= Math.min(plane.width() - 1, x + 1);
            column++) {
          int at = row * plane.width() + column;
          if (!inside[at] && plane.at(at) >= level) {
            inside[at] = true;
            stack[filled++] = at;
          }
        }
      }
    }
    return filled;
  }

  /** How often each level is there. */
  private static final class Levels {
    private final int[] counts = new int[256];
    private int total;

    void add(int level) {
      counts[level]++;
      total++;
    }

    /** The level below which a share of the pixels is. */
    int quantile(double share) {
      int below = 0;
      for (int level = 0; level < counts.length; level++) {
        below += counts[level];
        if (below > share * total) {
          return level;
        }
      }
      return 0;
    }

    /** The standard deviation of a normal distribution with the same quartiles. */
    double spread() {
      return (quantile(0.75) - quantile(0.25)) / 1.349;
    }
  }
}
