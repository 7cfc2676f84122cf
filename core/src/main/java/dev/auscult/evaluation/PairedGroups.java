package dev.auscult.evaluation;

import dev.auscult.metric.TestedDifference;
import java.util.ArrayList;
import java.util.List;

/** Compares two models on every subgroup, over the same resamples of the patients. */
final class PairedGroups {
  private final List<Pair> pairs = new ArrayList<>();

  /**
   * @param groups with the first model's figures
   * @param second the other model
   */
  PairedGroups(List<GroupBlock> groups, PairedFigures.Side second) {
    for (GroupBlock group : groups) {
      if (group.ranked()) {
        Slice slice = new Slice(second.slice().predictions(), group.group().rows());
        pairs.add(new Pair(group, second.choices().block(slice)));
      }
    }
  }

  /**
   * A group under both models.
   *
   * @param group with the first model's figures
   * @param second the other's
   */
  private record Pair(GroupBlock group, FigureBlock second) {}

  /** The second model's figures, to be resampled with those of the first. */
  List<FigureBlock> blocks() {
    return pairs.stream().map(Pair::second).toList();
  }

  /**
   * Every tested figure of every compared group, corrected over all of them.
   *
   * @param metrics names of figures that groups have
   */
  List<ComparedGroup> compared(FigureTable table, List<String> metrics) {
    List<ComparedGroup> compared = new ArrayList<>();
    for (Pair pair : pairs) {
      metrics.forEach(metric -> compared.add(compared(table, pair, metric)));
    }
    List<TestedDifference> corrected =
        TestedDifference.corrected(compared.stream().map(ComparedGroup::difference).toList());
    List<ComparedGroup> result = new ArrayList<>();
    for (int i = 0; i < compared.size(); i++) {
      result.add(compared.get(i).with(corrected.get(i)));
    }
    return result;
  }

  private static ComparedGroup compared(FigureTable table, Pair pair, String metric) {
    FigureBlock first = pair.group().block();
    int a = table.index(first, metric);
    int b = table.index(pair.second(), metric);
    return new ComparedGroup(
        pair.group().group().attribute(),
        pair.group().group().value(),
        pair.group().patients(),
        FigureNames.plain(metric),
        table.estimate(first, metric),
        table.estimate(pair.second(), metric),
        table.tested(values -> values[a] - values[b], first.n(), pair.group().patients()));
  }
}
