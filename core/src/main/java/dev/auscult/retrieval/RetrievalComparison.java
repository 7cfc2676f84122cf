package dev.auscult.retrieval;

import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Holm;
import dev.auscult.metric.PairedDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How much better one model retrieves than another, on the same queries and candidates.
 *
 * @param first a model
 * @param second another
 * @param direction what is asked for
 * @param figure one that is a mean over queries
 * @param difference first minus second, paired by query and resampled by patient
 * @param adjusted its p-value after Holm's correction over all comparisons of the run
 */
public record RetrievalComparison(
    String first,
    String second,
    Direction direction,
    RetrievalFigure figure,
    PairedDifference difference,
    double adjusted) {

  /**
   * Compares every model with every other.
   *
   * @param results of every model by its name, on the same set
   */
  public static List<RetrievalComparison> all(
      RetrievalSet set, Map<String, Map<Direction, DirectionResult>> results, Bootstrap bootstrap) {
    List<String> names = List.copyOf(results.keySet());
    List<RetrievalComparison> raw = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      Clusters clusters = Clusters.of(set.patients(direction));
      for (int a = 0; a < names.size(); a++) {
        for (int b = a + 1; b < names.size(); b++) {
          for (RetrievalFigure figure : RetrievalFigure.values()) {
            if (figure.isMean()) {
              PairedDifference difference =
                  PairedDifference.of(
                      values(results, names.get(a), direction, figure),
                      values(results, names.get(b), direction, figure),
                      clusters,
                      bootstrap);
              raw.add(
                  new RetrievalComparison(
                      names.get(a), names.get(b), direction, figure, difference, Double.NaN));
            }
          }
        }
      }
    }
    return adjusted(raw);
  }

  private static double[] values(
      Map<String, Map<Direction, DirectionResult>> results,
      String model,
      Direction direction,
      RetrievalFigure figure) {
    DirectionResult result = results.getOrDefault(model, Map.of()).get(direction);
    if (result == null) {
      throw new IllegalArgumentException("no result of " + model + ", " + direction.words());
    }
    return result.values(figure);
  }

  private static List<RetrievalComparison> adjusted(List<RetrievalComparison> raw) {
    List<Double> adjusted = Holm.adjusted(raw.stream().map(one -> one.difference().p()).toList());
    List<RetrievalComparison> comparisons = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      RetrievalComparison one = raw.get(i);
      comparisons.add(
          new RetrievalComparison(
              one.first, one.second, one.direction, one.figure, one.difference, adjusted.get(i)));
    }
    return comparisons;
  }
}
