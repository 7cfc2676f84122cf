package dev.auscult.fusion;

import java.util.Locale;

/** What is measured of a classifier, in the order of {@link FusionFigures#of}. */
public enum FusionMetric {
  /** The share of samples whose outcome is called. */
  ACCURACY("accuracy"),
  /** Area under the ROC; of more than two outcomes the mean of each against all others. */
  AUROC("AUROC"),
  /** Expected calibration error in 10 bins of equal width. */
  ECE("ECE"),
  /** Mean squared error of the probabilities; of more than two outcomes summed over them. */
  BRIER("Brier score");

  private final String title;

  FusionMetric(String title) {
    this.title = title;
  }

  /** For readers. */
  public String title() {
    return title;
  }

  /** For files, e.g. {@code auroc}. */
  public String term() {
    return name().toLowerCase(Locale.ROOT);
  }
}
