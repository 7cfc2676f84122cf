package dev.auscult.retrieval;

import dev.auscult.metric.TiedRank;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures of retrieval. */
public enum RetrievalFigure {
  /** Share of queries with a hit at the first place. */
  RECALL_AT_1("R@1", rank -> rank.recallAt(1)),
  /** Share of queries with a hit among the first five. */
  RECALL_AT_5("R@5", rank -> rank.recallAt(5)),
  /** Share of queries with a hit among the first ten. */
  RECALL_AT_10("R@10", rank -> rank.recallAt(10)),
  /** Mean reciprocal rank of the first hit. */
  MRR("MRR", TiedRank::reciprocal),
  /** Median rank of the first hit. */
  MEDIAN_RANK("median rank", TiedRank::expected);

  private final String title;
  private final ToDoubleFunction<TiedRank> ofQuery;

  RetrievalFigure(String title, ToDoubleFunction<TiedRank> ofQuery) {
    this.title = title;
    this.ofQuery = ofQuery;
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
    return ofQuery.applyAsDouble(rank);
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
