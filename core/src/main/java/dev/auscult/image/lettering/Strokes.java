package dev.auscult.image.lettering;

import dev.auscult.image.lettering.Glyph.Spread;
import java.util.ArrayList;
import java.util.List;

/** Finds connected strokes that stand out from an even ground as letters do. */
final class Strokes {
  /** A stroke is that much brighter than what is beside it, in levels. */
  private static final int LEAST_CONTRAST = 28;

  private static final int RING = 2;

  private final GrayPlane plane;
  private final boolean[] mask;
  private final int[] label;
  private final int[] stack;

  private Strokes(GrayPlane plane, GrayPlane hat) {
    this.plane = plane;
    int pixels = plane.width() * plane.height();
    this.mask = new boolean[pixels];
    this.label = new int[pixels];
    this.stack = new int[pixels];
    for (int i = 0; i < pixels; i++) {
      mask[i] = hat.at(i) >= LEAST_CONTRAST;
    }
  }

  /**
   * The glyphs of bright strokes up to a width.
   *
   * @param side of the square in which no stroke fits, pixels
   */
  static List<Glyph> in(GrayPlane plane, int side) {
    return new Strokes(plane, plane.topHat(side)).glyphs();
  }

  private List<Glyph> glyphs() {
    List<Glyph> glyphs = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] && label[i] == 0) {
        Component component = component(i, ++next);
        if (component.couldBeLetters(plane)) {
          Glyph glyph = glyph(component, next);
          if (glyph.standsOut()) {
            glyphs.add(glyph);
          }
        }
      }
    }
    return glyphs;
  }

  /** Pixels that touch by side or corner. */
  private static final class Component {
    private int left = Integer.MAX_VALUE;
    private int right;
    private int top = Integer.MAX_VALUE;
    private int bottom;
    private int area;
    private int edges;

    Box box() {
      return new Box(left, top, right - left + 1, bottom - top + 1);
    }

    /** By shape alone. */
    boolean couldBeLetters(GrayPlane plane) {
      Box box = box();
      double stroke = 2.0 * area / edges;
      double fill = (double) area / box.area();
      double aspect = (double) box.width() / box.height();
      double complexity = edges / (2.0 * (box.width() + box.height()));
      return box.height() >= 5
          && box.width() >= 2
          && box.height() <= 0.2 * Math.min(plane.width(), plane.height())
          && box.height() >= 2 * stroke
          && box.height() <= 20 * stroke
          && aspect >= 0.08
          && aspect <= 14
          && fill >= 0.14
          && (aspect < 0.5 || fill <= 0.85)
          && (aspect <= 1.8 || complexity >= 1.5);
    }
  }

  private Component component(int seed, int number) {
    Component component = new Component();
    int filled = 0;
    stack[filled++] = seed;
    label[seed] = number;
    while (filled > 0) {
      int at = stack[--filled];
      int x = at % plane.width();
      int y = at / plane.width();
      component.area++;
      component.left = Math.min(component.left, x);
      component.right = Math.max(component.right, x);
      component.top = Math.min(component.top, y);
      component.bottom = Math.max(component.bottom, y);
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          boolean set = isSet(x + dx, y + dy);
          if (!set && dx * dy == 0) {
            component.edges++;
          } else if (set && label[(y + dy) * plane.width() + x + dx] == 0) {
            label[(y + dy) * plane.width() + x + dx] = number;
            stack[filled++] = (y + dy) * plane.width() + x + dx;
          }
        }
      }
    }
    return component;
  }

  private boolean isSet(int x, int y) {
    return x >= 0
        && y >= 0
        && x < plane.width()
        && y < plane.height()
        && mask[y * plane.width() + x];
  }

  /** Measures ink and the ground beside it. */
  private Glyph glyph(Component component, int number) {
    Box box = component.box();
    Levels ink = new Levels();
    Levels ground = new Levels();
    Box around = box.grown(RING, plane.width(), plane.height());
    for (int y = around.top(); y < around.bottom(); y++) {
      for (int x = around.left(); x < around.right(); x++) {
        int at = y * plane.width() + x;
        if (label[at] == number) {
          ink.add(plane.at(at));
        } else if (!mask[at]) {
          ground.add(plane.at(at));
        }
      }
    }
    return new Glyph(
        box,
        2.0 * component.area / component.edges,
        new Spread(ink.quantile(0.5), ink.spread()),
        new Spread(ground.quantile(0.5), ground.spread()));
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
