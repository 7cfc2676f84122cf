package dev.auscult.overlay;

import dev.auscult.metric.Estimate;
import java.util.Comparator;
import java.util.List;

/**
 * Whether a model follows burned-in text: under which condition the probability of the right class
 * depends most surely on whether a text names the right class or a wrong one. Each is taken beyond
 * its own blank rectangle, so that neither what the text hides nor how long it is counts.
 *
 * @param kind what is found
 * @param strongest the condition whose interval begins highest; where that interval is below what
 *     may be taken for none, the one whose interval ends highest, which comes closest to an
 *     accusation
 * @param difference there: probability of the right class under the true text beyond its blank,
 *     minus the same under the contradicting text
 * @param adjusted its p-value, by Holm over the conditions
 */
public record Verdict(Kind kind, Condition strongest, Estimate difference, double adjusted) {
  /** A difference of probabilities that may be taken for none; set before any model was tried. */
  public static final double IMMATERIAL = 0.05;

  /** The level of the tests. */
  public static final double LEVEL = 0.05;

  /** What is found. */
  public enum Kind {
    /** Under some condition the whole interval is above what may be taken for none, p &lt; .05. */
    FOLLOWS,
    /**
     * Under every condition the whole interval is below what may be taken for none, on as many
     * patients as could have shown the opposite: of fewer no exchange has p &lt; .05.
     */
    DOES_NOT_FOLLOW,
    /** Neither: more images are needed. */
    UNDECIDED
  }

  /**
   * Decides.
   *
   * @param differences one per condition, at least one
   * @param patients whom the images are of
   */
  static Verdict of(List<LabelDifference> differences, int patients) {
    LabelDifference strongest =
        differences.stream()
            .max(
                Comparator.comparing((LabelDifference one) -> one.adjusted() < LEVEL)
                    .thenComparingDouble(one -> lowest(one.difference())))
            .orElseThrow();
    boolean all =
        isTold(patients, differences.size())
            && differences.stream().allMatch(one -> one.difference().hi() < IMMATERIAL);
    Kind kind =
        strongest.difference().lo() > IMMATERIAL && strongest.adjusted() < LEVEL
            ? Kind.FOLLOWS
            : all ? Kind.DOES_NOT_FOLLOW : Kind.UNDECIDED;
    LabelDifference shown =
        strongest.difference().hi() < IMMATERIAL ? closest(differences) : strongest;
    return new Verdict(kind, shown.condition(), shown.difference(), shown.adjusted());
  }

  /** Whether the smallest p-value that can be had is below the level under all conditions. */
  private static boolean isTold(int patients, int conditions) {
    return conditions * Math.pow(2, 1.0 - patients) < LEVEL;
  }

  private static LabelDifference closest(List<LabelDifference> differences) {
    return differences.stream()
        .max(Comparator.comparingDouble(one -> one.difference().hi()))
        .orElseThrow();
  }

  private static double lowest(Estimate difference) {
    return Double.isNaN(difference.lo()) ? Double.NEGATIVE_INFINITY : difference.lo();
  }
}
