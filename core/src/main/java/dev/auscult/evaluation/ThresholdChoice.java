package dev.auscult.evaluation;

import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import dev.auscult.metric.OperatingRule;
import dev.auscult.metric.Ranking;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * From which score on a label is called.
 *
 * @param fixed the threshold; {@code NaN} where a rule chooses it
 * @param rule that chooses it on validation data
 */
public record ThresholdChoice(double fixed, Optional<OperatingRule> rule) {
  /** Where a probability calls a label unless told otherwise. */
  public static final ThresholdChoice HALF = new ThresholdChoice(0.5, Optional.empty());

  /**
   * Reads {@code 0.5}, {@code youden}, {@code f1}, {@code sensitivity-95}, {@code specificity-95}.
   *
   * @throws InputException if it is neither
   */
  public static ThresholdChoice parse(String text) {
    for (OperatingRule rule : OperatingRule.values()) {
      if (name(rule).equals(text.toLowerCase(Locale.ROOT))) {
        return new ThresholdChoice(Double.NaN, Optional.of(rule));
      }
    }
    try {
      double threshold = Double.parseDouble(text);
      if (Double.isFinite(threshold)) {
        return new ThresholdChoice(threshold, Optional.empty());
      }
    } catch (NumberFormatException e) {
      // Neither a number nor a rule.
    }
    throw new UsageException(
        "--threshold",
        "'" + text + "'",
        "a number, youden, f1, sensitivity-95 or specificity-95",
        "choose one of them");
  }

  /** The name of a rule as options and files write it. */
  public static String name(OperatingRule rule) {
    return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One threshold per class. */
  List<Double> thresholds(Task task, int classes, List<Ranking> validation) {
    return IntStream.range(0, classes)
        .mapToObj(index -> threshold(task, index, validation))
        .toList();
  }

  private double threshold(Task task, int index, List<Ranking> validation) {
    if (rule.isEmpty() || task == Task.MULTI_CLASS) {
      return fixed;
    }
    if (validation.isEmpty()) {
      throw new InputException(
          "--threshold " + name(rule.get()),
          "no validation rows",
          "a column 'split' with rows 'val' to choose it on",
          "add them, or give a number that was fixed beforehand");
    }
    return rule.get()
        .threshold(validation.get(index))
        .map(Ranking.Cut::threshold)
        .orElseThrow(
            () ->
                new InputException(
                    "--threshold " + name(rule.get()),
                    "validation rows that no threshold satisfies",
                    "positives and negatives among them",
                    "give a number"));
  }
}
