package dev.auscult.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers of an attribute as bands, e.g. ages.
 *
 * @param cuts where a new band begins, ascending
 */
public record Bands(List<Double> cuts) {
  /** Bands of age in years: below 18, 18 to 39, 40 to 59, 60 to 79, 80 and above. */
  public static final Bands AGE = new Bands(List.of(18.0, 40.0, 60.0, 80.0));

  private static final Pattern START = Pattern.compile("(?:>= )?(-?[0-9]+(?:\\.[0-9]+)?)");

  /** Checks the order. */
  public Bands {
    cuts = List.copyOf(cuts);
    for (int i = 1; i < cuts.size(); i++) {
      if (!(cuts.get(i - 1) < cuts.get(i))) {
        throw new IllegalArgumentException("cuts " + cuts + " do not ascend");
      }
    }
    if (cuts.isEmpty()) {
      throw new IllegalArgumentException("no cuts");
    }
  }

  /** The band of a value as text; the text itself where it is no number. */
  public String name(String text) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return text;
    }
    int band = 0;
    while (band < cuts.size() && value >= cuts.get(band)) {
      band++;
    }
    if (band == 0) {
      return "< " + plain(cuts.get(0));
    }
    return band == cuts.size()
        ? ">= " + plain(cuts.get(band - 1))
        : plain(cuts.get(band - 1)) + " to < " + plain(cuts.get(band));
  }

  /** Where a band named by {@link #name} begins, to sort by; 0 of any other text. */
  static double start(String name) {
    if (name.startsWith("< ")) {
      return Double.NEGATIVE_INFINITY;
    }
    Matcher number = START.matcher(name);
    return number.lookingAt() ? Double.parseDouble(number.group(1)) : 0;
  }

  private static String plain(double cut) {
    return cut == Math.rint(cut) ? String.format(Locale.ROOT, "%.0f", cut) : String.valueOf(cut);
  }
}
