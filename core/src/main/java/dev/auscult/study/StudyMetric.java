package dev.auscult.study;

import dev.auscult.adapt.ClassOutcomes;
import dev.auscult.metric.Multiplicities;

/** The figures of a study, as the SCALE paper reports them (section 2.3.2). */
public enum StudyMetric {
  /**
   * Accuracy; of labels that do not exclude each other the mean over classes of the accuracy of
   * calling each.
   */
  ACCURACY("accuracy", "mean accuracy"),
  /** Recall, averaged over the classes that occur in truth or calls. */
  MACRO_RECALL("macro_recall", "macro recall"),
  /** F1, averaged over the classes that occur in truth or calls. */
  MACRO_F1("macro_f1", "macro F1"),
  /** Area under the ROC curve of each class against the rest, averaged over the classes. */
  AUROC("auroc", "AUROC");

  private final String term;
  private final String title;

  StudyMetric(String term, String title) {
    this.term = term;
    this.title = title;
  }

  /** The word for it in files. */
  public String term() {
    return term;
  }

  /** The figure; {@code NaN} where the weighted samples do not have it. */
  double of(ClassOutcomes outcomes, Multiplicities weights) {
    return switch (this) {
      case ACCURACY -> outcomes.accuracy(weights);
      case MACRO_RECALL -> outcomes.macroRecall(weights);
      case MACRO_F1 -> outcomes.macroF1(weights);
      case AUROC -> outcomes.meanAuroc(weights);
    };
  }

  /** Its name in tables. */
  public String title() {
    return title;
  }
}
