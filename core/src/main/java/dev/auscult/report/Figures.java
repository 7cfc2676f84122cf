package dev.auscult.report;

import dev.auscult.metric.Estimate;
import java.util.Locale;

/** How numbers read in tables: fixed decimals, a point, {@code NA} where undefined. */
public final class Figures {
  /** What stands in the place of an undefined figure. */
  public static final String UNDEFINED = "NA";

  private Figures() {}

  /** {@code value} with {@code decimals} places; never {@code -0.000}. */
  public static String decimal(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return UNDEFINED;
    }
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.matches("-[0.]*") ? text.substring(1) : text;
  }

  /** {@code value} with a sign in front, also where it is positive. */
  public static String signed(double value, int decimals) {
    String text = decimal(value, decimals);
    return Double.isFinite(value) && value > 0 && !text.matches("[0.]*") ? "+" + text : text;
  }

  /** A share from 0 to 1 in percent with one decimal. */
  public static String percent(double share) {
    return Double.isFinite(share) ? decimal(100 * share, 1) + " %" : UNDEFINED;
  }

  /**
   * A share from 0 to 1 with its interval, all in percent: {@code 35.2 % [30.1, 40.0]}, {@code
   * 100.0 % [NA]} without one.
   */
  public static String percents(Estimate share) {
    return Double.isFinite(share.value())
        ? percent(share.value()) + " " + ends(100 * share.lo(), 100 * share.hi(), 1)
        : UNDEFINED;
  }

  private static String ends(double lo, double hi, int decimals) {
    return Double.isFinite(lo) || Double.isFinite(hi)
        ? "[%s, %s]".formatted(decimal(lo, decimals), decimal(hi, decimals))
        : "[" + UNDEFINED + "]";
  }

  /** {@code value [lo, hi]} with three decimals. */
  public static String interval(Estimate estimate) {
    return interval(estimate, 3);
  }

  /** {@code value [lo, hi]}, {@code value [NA]} without an interval. */
  public static String interval(Estimate estimate, int decimals) {
    if (!Double.isFinite(estimate.value())) {
      return UNDEFINED;
    }
    return decimal(estimate.value(), decimals) + " " + ends(estimate.lo(), estimate.hi(), decimals);
  }

  /** A p-value with three decimals, {@code < 0.001} below that. */
  public static String pValue(double p) {
    return p < 0.001 ? "< 0.001" : decimal(p, 3);
  }

  /** {@code value ± error} with a sign in front of the value. */
  public static String plusMinus(double value, double error, int decimals) {
    return Double.isFinite(value)
        ? signed(value, decimals) + " ± " + decimal(error, decimals)
        : UNDEFINED;
  }

  /**
   * How many decimals show three digits of values up to {@code scale}: contributions have the unit
   * of the model's own score, which can be large or small.
   */
  public static int decimalsFor(double scale) {
    if (!(scale > 0) || !Double.isFinite(scale)) {
      return 3;
    }
    return Math.max(0, Math.min(9, 2 - (int) Math.floor(Math.log10(scale))));
  }

  /** A count with thin groups of three digits, e.g. {@code 12 345}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u2009');
  }

  /** A count of things: {@code 1 image}, {@code 2 images}. */
  public static String count(long value, String thing) {
    return count(value) + " " + thing + (value == 1 ? "" : "s");
  }
}
