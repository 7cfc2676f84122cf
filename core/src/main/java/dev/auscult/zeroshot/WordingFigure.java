package dev.auscult.zeroshot;

import dev.auscult.metric.Estimate;
import java.util.Locale;

/** The figures that wordings are compared by. */
public enum WordingFigure {
  /** Share called rightly. */
  ACCURACY,
  /** Mean area under the receiver operating characteristic. */
  AUROC;

  /** As results name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As pages name it. */
  public String words() {
    return this == AUROC ? "AUROC" : "accuracy";
  }

  /** That of a wording. */
  public Estimate of(WordingResult result) {
    return this == AUROC ? result.auroc() : result.accuracy();
  }
}
