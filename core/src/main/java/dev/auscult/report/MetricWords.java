package dev.auscult.report;

import java.util.Map;

/** What figures of an evaluation are called on a page. */
final class MetricWords {
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("auroc", "AUROC"),
          Map.entry("auprc", "average precision (AUPRC)"),
          Map.entry("macro_f1", "macro F1"),
          Map.entry("sensitivity_at_95_specificity", "sensitivity at 95 % specificity"),
          Map.entry("ece", "ECE"),
          Map.entry("ece_unweighted", "ECE, bins unweighted"),
          Map.entry("brier", "Brier score"),
          Map.entry("f1", "F1"),
          Map.entry("micro_f1", "micro F1"),
          Map.entry("micro_auroc", "micro AUROC"),
          Map.entry("micro_auprc", "micro average precision"),
          Map.entry("precision", "precision (PPV)"),
          Map.entry("calibration_in_the_large", "mean confidence − outcome"),
          Map.entry("selection_rate", "share called positive"),
          Map.entry("equalized_odds_difference", "equalised odds"),
          Map.entry("equal_opportunity_difference", "equal opportunity"),
          Map.entry("demographic_parity_difference", "demographic parity"));

  private MetricWords() {}

  static String of(String figure) {
    return WORDS.getOrDefault(figure, figure.replace('_', ' '));
  }
}
