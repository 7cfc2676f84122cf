package dev.auscult.retrieval;

import dev.auscult.metric.TestedDifference;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Corrects the tests of groups for how many a run makes. */
public final class GroupTests {
  private final Iterator<TestedDifference> corrected;

  private GroupTests(List<TestedDifference> family) {
    this.corrected = TestedDifference.corrected(family).iterator();
  }

  /**
   * The same results with p-values after Holm's correction over all groups, figures, directions and
   * models.
   *
   * @param results by model and direction
   */
  public static Map<String, Map<Direction, DirectionResult>> corrected(
      Map<String, Map<Direction, DirectionResult>> results) {
    GroupTests tests = new GroupTests(family(results));
    Map<String, Map<Direction, DirectionResult>> corrected = new LinkedHashMap<>();
    results.forEach(
        (model, directions) -> {
          Map<Direction, DirectionResult> both = new EnumMap<>(Direction.class);
          directions.forEach((direction, result) -> both.put(direction, tests.next(result)));
          corrected.put(model, both);
        });
    return corrected;
  }

  /** How many tests were made. */
  public static long count(Map<String, Map<Direction, DirectionResult>> results) {
    return family(results).stream().filter(one -> !Double.isNaN(one.p())).count();
  }

  /** All tests, in the order in which they are written back. */
  private static List<TestedDifference> family(
      Map<String, Map<Direction, DirectionResult>> results) {
    List<TestedDifference> family = new ArrayList<>();
    for (Map<Direction, DirectionResult> both : results.values()) {
      for (DirectionResult result : both.values()) {
        for (List<GroupRetrieval> groups : result.groups().values()) {
          groups.forEach(group -> family.addAll(group.differences().values()));
        }
      }
    }
    return family;
  }

  private DirectionResult next(DirectionResult result) {
    Map<String, List<GroupRetrieval>> groups = new LinkedHashMap<>();
    result
        .groups()
        .forEach((attribute, own) -> groups.put(attribute, own.stream().map(this::next).toList()));
    return result.with(groups);
  }

  private GroupRetrieval next(GroupRetrieval group) {
    Map<RetrievalFigure, TestedDifference> differences = new EnumMap<>(RetrievalFigure.class);
    group.differences().keySet().forEach(figure -> differences.put(figure, corrected.next()));
    return group.with(differences);
  }
}
