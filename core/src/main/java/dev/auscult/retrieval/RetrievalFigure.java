package dev.auscult.retrieval;

import dev.auscult.metric.TiedRank;
import java.util.Locale;

/** The figures of retrieval. */
public enum RetrievalFigure {
  /** Share of queries with a hit at the first place. */
  RECALL_AT_1("R@1"),
  /** Share of queries with a hit among the first five. */
  RECALL_AT_5("R@5"),
  /** Share of queries with a hit among the first ten. */
  RECALL_AT_10("R@10"),
  /** Mean reciprocal rank of the first hit. */
  MRR("MRR"),
  /** Median rank of the first hit. */
  MEDIAN_RANK("median rank");

  private final String title;

  RetrievalFigure(String title) {
    this.title = title;
  }

  /** As results name it, e.g. {@code recall_at_1}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As tables head it. */
  public String title() {
    return title;
  }

  /** What one query contributes. */
  public double of(TiedRank rank) {
    return switch (this) {
      case RECALL_AT_1 -> rank.recallAt(1);
      case RECALL_AT_5 -> rank.recallAt(5);
      case RECALL_AT_10 -> rank.recallAt(10);
      case MRR -> rank.reciprocal();
      case MEDIAN_RANK -> rank.expected();
    };
  }

  /** Whether it is the mean of what queries contribute; otherwise it is their median. */
  public boolean isMean() {
    return this != MEDIAN_RANK;
  }

  /** Whether it is a share from 0 to 1 of queries. */
  public boolean isRecall() {
    return this == RECALL_AT_1 || this == RECALL_AT_5 || this == RECALL_AT_10;
  }
}
