package dev.auscult.retrieval;

import dev.auscult.metric.Estimate;
import dev.auscult.metric.TestedDifference;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How well the queries of one group are answered, among all candidates.
 *
 * @param value the group
 * @param queries how many it has
 * @param patients whom they belong to
 * @param compared whether it is large enough to be compared with others
 * @param figures every figure with its interval
 * @param differences of each mean figure to that of the queries outside of the group, negative
 *     where the group is served worse; none of a group that is not compared
 */
public record GroupRetrieval(
    String value,
    int queries,
    int patients,
    boolean compared,
    Map<RetrievalFigure, Estimate> figures,
    Map<RetrievalFigure, TestedDifference> differences) {

  /** Copies the maps. */
  public GroupRetrieval {
    figures = Collections.unmodifiableMap(new EnumMap<>(figures));
    differences =
        differences.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(differences));
  }

  /** A figure. */
  public Estimate figure(RetrievalFigure figure) {
    return figures.getOrDefault(figure, Estimate.undefined());
  }

  /** The figures in which the group is served worse than the others beyond chance. */
  public List<RetrievalFigure> worse() {
    return differences.entrySet().stream()
        .filter(entry -> entry.getValue().significant())
        .filter(entry -> entry.getValue().difference().value() < 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  GroupRetrieval with(Map<RetrievalFigure, TestedDifference> corrected) {
    return new GroupRetrieval(value, queries, patients, compared, figures, corrected);
  }
}
