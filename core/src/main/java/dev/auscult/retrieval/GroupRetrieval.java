package dev.auscult.retrieval;

import dev.auscult.metric.Estimate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How well the queries of one group are answered, among all candidates.
 *
 * @param value the group
 * @param queries how many it has
 * @param patients whom they belong to
 * @param compared whether it is large enough to be compared with others
 * @param figures every figure with its interval
 * @param difference of each mean figure to that of the queries outside of the group, negative where
 *     the group is served worse
 */
public record GroupRetrieval(
    String value,
    int queries,
    int patients,
    boolean compared,
    Map<RetrievalFigure, Estimate> figures,
    Map<RetrievalFigure, Estimate> difference) {

  /** Copies the maps. */
  public GroupRetrieval {
    figures = Collections.unmodifiableMap(new EnumMap<>(figures));
    difference =
        difference.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(difference));
  }

  /** A figure. */
  public Estimate figure(RetrievalFigure figure) {
    return figures.getOrDefault(figure, Estimate.undefined());
  }
}
