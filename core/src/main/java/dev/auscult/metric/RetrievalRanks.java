package dev.auscult.metric;

import java.util.Arrays;

/**
 * For each query, the rank of its best-ranked relevant item, from 1: several relevant items per
 * query are allowed, and any of them counts as a hit. Ties count against the relevant item.
 */
public final class RetrievalRanks {
  private final int[] ranks;

  private RetrievalRanks(int[] ranks) {
    this.ranks = ranks;
  }

  /** How well an item fits a query; higher is better. */
  @FunctionalInterface
  public interface Score {
    /** The score of item {@code item} for query {@code query}. */
    double of(int query, int item);
  }

  /** Whether an item answers a query. */
  @FunctionalInterface
  public interface Relevance {
    /** Whether item {@code item} is relevant to query {@code query}. */
    boolean of(int query, int item);
  }

  /**
   * Ranks all items for every query.
   *
   * @throws IllegalArgumentException if a query has no relevant item or a score is not a number
   */
  public static RetrievalRanks of(int queries, int items, Score score, Relevance relevance) {
    int[] ranks = new int[queries];
    for (int query = 0; query < queries; query++) {
      double best = bestRelevant(query, items, score, relevance);
      int rank = 1;
      for (int item = 0; item < items; item++) {
        if (!relevance.of(query, item) && score.of(query, item) >= best) {
          rank++;
        }
      }
      ranks[query] = rank;
    }
    return new RetrievalRanks(ranks);
  }

  private static double bestRelevant(int query, int items, Score score, Relevance relevance) {
    double best = Double.NaN;
    for (int item = 0; item < items; item++) {
      double value = score.of(query, item);
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException(
            "the score of item %d for query %d is not a number".formatted(item, query));
      }
      if (relevance.of(query, item) && !(value <= best)) {
        best = value;
      }
    }
    if (Double.isNaN(best)) {
      throw new IllegalArgumentException("query %d has no relevant item".formatted(query));
    }
    return best;
  }

  /** The share of queries with a relevant item among the first {@code k}: Recall@k. */
  public double recallAt(int k) {
    return (double) Arrays.stream(ranks).filter(rank -> rank <= k).count() / ranks.length;
  }

  /** Mean reciprocal rank. */
  public double meanReciprocalRank() {
    return Arrays.stream(ranks).mapToDouble(rank -> 1.0 / rank).sum() / ranks.length;
  }

  /** The median rank. */
  public double median() {
    int[] sorted = ranks.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
  }

  /** The rank of the best relevant item of a query, from 1. */
  public int rank(int query) {
    return ranks[query];
  }
}
