package dev.auscult.overlay;

import dev.auscult.image.lettering.Contrast;
import dev.auscult.image.lettering.Corner;
import dev.auscult.image.lettering.TextMark;
import dev.auscult.image.lettering.Typeface;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which texts are burned in, and how. The first size, corner and contrast are the basic condition.
 *
 * @param kinds what the texts say
 * @param sizes heights of capital letters as shares of the central square's side
 * @param corners where they stand
 * @param contrasts how they stand out
 * @param crossing how sizes, corners and contrasts are combined
 * @param face the typeface of all
 */
public record OverlayDesign(
    List<TextKind> kinds,
    List<Double> sizes,
    List<Corner> corners,
    List<Contrast> contrasts,
    Crossing crossing,
    Typeface face) {

  /** How several sizes, corners and contrasts are combined. */
  public enum Crossing {
    /** One of them departs from the basic condition at a time. */
    ONE_AT_A_TIME,
    /** Each with each. */
    FULL
  }

  /** Copies the lists, each value once. */
  public OverlayDesign {
    kinds = once("kinds", kinds);
    sizes = once("sizes", sizes);
    corners = once("corners", corners);
    contrasts = once("contrasts", contrasts);
    for (double size : sizes) {
      new TextMark("X", face, size, corners.get(0), contrasts.get(0)); // refuses sizes out of range
    }
  }

  private static <T> List<T> once(String name, List<T> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no " + name);
    }
    return List.copyOf(new LinkedHashSet<>(values));
  }

  /** All kinds, three sizes, all corners and contrasts, one at a time, in the phantoms' letters. */
  public static OverlayDesign standard() {
    return new OverlayDesign(
        List.of(TextKind.values()),
        List.of(0.11, 0.055, 0.165),
        List.of(Corner.values()),
        List.of(Contrast.values()),
        Crossing.ONE_AT_A_TIME,
        Typeface.DOTS);
  }

  /** The basic condition. */
  public Condition basic() {
    return new Condition(sizes.get(0), corners.get(0), contrasts.get(0));
  }

  /** All conditions, the basic one first. */
  public List<Condition> conditions() {
    Set<Condition> conditions = new LinkedHashSet<>(List.of(basic()));
    Condition basic = basic();
    if (crossing == Crossing.ONE_AT_A_TIME) {
      sizes.forEach(s -> conditions.add(new Condition(s, basic.corner(), basic.contrast())));
      corners.forEach(c -> conditions.add(new Condition(basic.size(), c, basic.contrast())));
      contrasts.forEach(c -> conditions.add(new Condition(basic.size(), basic.corner(), c)));
    } else {
      for (double size : sizes) {
        for (Corner corner : corners) {
          contrasts.forEach(contrast -> conditions.add(new Condition(size, corner, contrast)));
        }
      }
    }
    return new ArrayList<>(conditions);
  }

  /** A text under a condition. */
  public TextMark mark(String text, Condition condition) {
    return new TextMark(text, face, condition.size(), condition.corner(), condition.contrast());
  }
}
