package dev.auscult.retrieval;

import dev.auscult.metric.Estimate;
import dev.auscult.metric.TiedRank;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well one model answers in one direction.
 *
 * @param ranks of every query in order
 * @param candidates how many are ranked
 * @param patients whom the queries belong to
 * @param figures every figure with its interval
 * @param chance what the figures would be if nothing told candidates apart
 * @param groups by attribute, the groups in the order of their names
 * @param gaps by attribute, largest minus smallest figure of the compared groups
 */
public record DirectionResult(
    List<TiedRank> ranks,
    int candidates,
    int patients,
    Map<RetrievalFigure, Estimate> figures,
    Map<RetrievalFigure, Double> chance,
    Map<String, List<GroupRetrieval>> groups,
    Map<String, Map<RetrievalFigure, Estimate>> gaps) {

  /** Copies lists and maps. */
  public DirectionResult {
    ranks = List.copyOf(ranks);
    figures = Collections.unmodifiableMap(new EnumMap<>(figures));
    chance = Collections.unmodifiableMap(new EnumMap<>(chance));
    groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    gaps = Collections.unmodifiableMap(new LinkedHashMap<>(gaps));
  }

  /** A figure. */
  public Estimate figure(RetrievalFigure figure) {
    return figures.getOrDefault(figure, Estimate.undefined());
  }

  DirectionResult with(Map<String, List<GroupRetrieval>> corrected) {
    return new DirectionResult(ranks, candidates, patients, figures, chance, corrected, gaps);
  }

  /** What every query contributes to a figure. */
  double[] values(RetrievalFigure figure) {
    return ranks.stream().mapToDouble(figure::of).toArray();
  }
}
