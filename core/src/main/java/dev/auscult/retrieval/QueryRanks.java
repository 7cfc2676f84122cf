package dev.auscult.retrieval;

import dev.auscult.base.Progress;
import dev.auscult.metric.TiedRank;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Ranks the candidates of every query by similarity. */
final class QueryRanks {
  private final FloatMatrix queries;
  private final FloatMatrix candidates;
  private final double[] best;
  private final int[] better;
  private final int[] notWorse;

  private QueryRanks(FloatMatrix queries, FloatMatrix candidates) {
    this.queries = queries;
    this.candidates = candidates;
    this.best = new double[queries.rows()];
    this.better = new int[queries.rows()];
    this.notWorse = new int[queries.rows()];
  }

  /**
   * The rank of every query's best relevant candidate.
   *
   * @param queries {@code [n, d]}
   * @param candidates {@code [m, d]}
   * @param relevant the candidates that answer a query, at least one
   * @throws IllegalArgumentException if a similarity is not a number
   */
  static List<TiedRank> of(
      FloatMatrix queries,
      FloatMatrix candidates,
      IntFunction<? extends Iterable<Integer>> relevant,
      int threads,
      Progress progress) {
    QueryRanks ranks = new QueryRanks(queries, candidates);
    for (int q = 0; q < queries.rows(); q++) {
      ranks.best[q] = ranks.bestOf(q, relevant.apply(q));
    }
    SimilarityTiles.walk(queries, candidates, threads, progress, ranks::count);
    List<TiedRank> found = new ArrayList<>();
    for (int q = 0; q < queries.rows(); q++) {
      found.add(ranks.rank(q, relevant.apply(q)));
    }
    return found;
  }

  private double bestOf(int query, Iterable<Integer> relevant) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int candidate : relevant) {
      highest = Math.max(highest, queries.dot(query, candidates, candidate));
    }
    if (!Double.isFinite(highest)) {
      throw new IllegalArgumentException(
          "the similarity of query %d with what answers it is %s".formatted(query, highest));
    }
    return highest;
  }

  private void count(int query, int first, double[] scores, int count) {
    double wanted = best[query];
    int above = 0;
    int atLeast = 0;
    for (int j = 0; j < count; j++) {
      above += scores[j] > wanted ? 1 : 0;
      atLeast += scores[j] >= wanted ? 1 : 0;
      if (Double.isNaN(scores[j])) {
        throw new IllegalArgumentException(
            "the similarity of query %d and candidate %d is not a number"
                .formatted(query, first + j));
      }
    }
    better[query] += above;
    notWorse[query] += atLeast;
  }

  /** No relevant candidate is better than the best; those as good were counted among the tied. */
  private TiedRank rank(int query, Iterable<Integer> relevant) {
    int equal = 0;
    for (int candidate : relevant) {
      equal += queries.dot(query, candidates, candidate) == best[query] ? 1 : 0;
    }
    return new TiedRank(better[query], notWorse[query] - better[query] - equal, equal);
  }
}
