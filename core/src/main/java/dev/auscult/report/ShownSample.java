package dev.auscult.report;

import dev.auscult.balance.SampleFigures;
import dev.auscult.data.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A sample that a report shows in full.
 *
 * @param sample the sample
 * @param why the rule that chose it
 */
public record ShownSample(Sample sample, String why) {

  /** The rule of {@link #choose}, as the report states it. */
  public static final String RULE =
      "Not picked by hand: the samples with the lowest, the median and the highest delta under the"
          + " first model, and the first sample whose heat map is dominated by noise, if there is"
          + " one.";

  /**
   * Chooses samples by {@link #RULE}; earlier samples win ties.
   *
   * @param figures of the first model, in the order of the data
   * @param noiseDominated whether the sample of this id has the flag
   * @return ids and why each was chosen; empty if no delta is defined
   */
  public static Map<String, String> choose(
      List<SampleFigures> figures, Predicate<String> noiseDominated) {
    List<SampleFigures> sorted = new ArrayList<>(figures);
    sorted.removeIf(sample -> sample.tscore().isEmpty());
    sorted.sort(Comparator.comparing(sample -> sample.tscore().orElseThrow()));
    Map<String, String> chosen = new LinkedHashMap<>();
    if (!sorted.isEmpty()) {
      int n = sorted.size();
      chosen.put(sorted.get(0).id(), "lowest delta of " + n);
      chosen.putIfAbsent(sorted.get((n - 1) / 2).id(), "median delta");
      chosen.putIfAbsent(sorted.get(n - 1).id(), "highest delta of " + n);
    }
    figures.stream()
        .map(SampleFigures::id)
        .filter(noiseDominated)
        .findFirst()
        .ifPresent(id -> chosen.putIfAbsent(id, "first sample dominated by noise"));
    return chosen;
  }
}
