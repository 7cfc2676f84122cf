package dev.auscult.retrieval;

import dev.auscult.base.Progress;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Finds what is most similar. */
public final class Search {
  /** The best last; of equal ones the one that stands first is better. */
  private static final Comparator<Match> WORST_FIRST =
      Comparator.comparingDouble(Match::score)
          .thenComparing(Comparator.comparingInt(Match::candidate).reversed());

  private Search() {}

  /**
   * The most similar candidates of every query, the best first, equal ones in their order.
   *
   * @param queries unit rows {@code [n, d]}
   * @param candidates unit rows {@code [m, d]}
   * @param most how many are wanted of each, at least 1
   * @param threads how many to use; the result does not depend on it
   */
  public static List<List<Match>> best(
      FloatMatrix queries, FloatMatrix candidates, int most, int threads, Progress progress) {
    if (most < 1) {
      throw new IllegalArgumentException(most + " matches");
    }
    List<PriorityQueue<Match>> kept = new ArrayList<>();
    for (int q = 0; q < queries.rows(); q++) {
      kept.add(new PriorityQueue<>(WORST_FIRST));
    }
    SimilarityTiles.walk(
        queries,
        candidates,
        threads,
        progress,
        (query, first, scores, count) -> keep(kept.get(query), first, scores, count, most));
    return kept.stream()
        .map(queue -> queue.stream().sorted(WORST_FIRST.reversed()).toList())
        .toList();
  }

  private static void keep(
      PriorityQueue<Match> queue, int first, double[] scores, int count, int most) {
    for (int j = 0; j < count; j++) {
      Match worst = queue.peek();
      if (queue.size() < most || worst == null || scores[j] > worst.score()) {
        queue.add(new Match(first + j, scores[j]));
        if (queue.size() > most) {
          queue.poll();
        }
      }
    }
  }
}
