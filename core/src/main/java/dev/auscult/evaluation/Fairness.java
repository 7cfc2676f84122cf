package dev.auscult.evaluation;

import dev.auscult.metric.Deviation;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Holm;
import dev.auscult.metric.ResampledFigures.Range;
import dev.auscult.metric.StudentT;
import dev.auscult.metric.WidestSpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Compares the groups of an evaluation with each other and with all observations. */
final class Fairness {
  /** Largest difference of true positive rates between groups, of several classes the largest. */
  static final String EQUAL_OPPORTUNITY = "equal_opportunity_difference";

  /** The larger of the differences of true and false positive rates, as fairlearn's. */
  static final String EQUALIZED_ODDS = "equalized_odds_difference";

  /** Largest difference of the shares called positive. */
  static final String DEMOGRAPHIC_PARITY = "demographic_parity_difference";

  private final FigureTable table;
  private final FigureBlock overall;
  private final List<GroupBlock> groups;
  private final Predictions predictions;

  Fairness(
      FigureTable table, FigureBlock overall, List<GroupBlock> groups, Predictions predictions) {
    this.table = table;
    this.overall = overall;
    this.groups = groups;
    this.predictions = predictions;
  }

  List<Gap> gaps() {
    Map<String, List<GroupBlock>> byAttribute =
        groups.stream()
            .filter(GroupBlock::ranked)
            .collect(
                Collectors.groupingBy(
                    group -> group.group().attribute(), LinkedHashMap::new, Collectors.toList()));
    List<Gap> gaps = new ArrayList<>();
    byAttribute.forEach(
        (attribute, compared) -> {
          if (compared.size() > 1) {
            gaps.addAll(gaps(attribute, compared));
          }
        });
    return gaps;
  }

  private List<Gap> gaps(String attribute, List<GroupBlock> compared) {
    List<Gap> gaps = new ArrayList<>();
    for (String metric : FigureNames.MAIN) {
      gaps.add(gap(attribute, metric, compared, List.of(metric)));
    }
    gaps.add(gap(attribute, EQUAL_OPPORTUNITY, compared, rates(FigureNames.SENSITIVITY)));
    List<String> odds = new ArrayList<>(rates(FigureNames.SENSITIVITY));
    odds.addAll(rates(FigureNames.SPECIFICITY)); // parts as far as one minus it
    gaps.add(gap(attribute, EQUALIZED_ODDS, compared, odds));
    gaps.add(gap(attribute, DEMOGRAPHIC_PARITY, compared, rates(FigureNames.SELECTION_RATE)));
    return gaps;
  }

  private List<String> rates(String rate) {
    return predictions.classes().stream().map(name -> FigureNames.of(name, rate)).toList();
  }

  /** The largest of the spans of several figures between groups. */
  private Gap gap(String attribute, String name, List<GroupBlock> compared, List<String> figures) {
    WidestSpan span =
        new WidestSpan(
            figures.stream().map(figure -> places(compared, figure)).toList(),
            Deviation.tolerance(predictions.patients()));
    int n = compared.stream().mapToInt(group -> group.block().n()).sum();
    double most = name.equals(FigureNames.BRIER) ? 2 : 1;
    return new Gap(
        attribute,
        name,
        table.derived(span.value(), span.deviation(), new Range(0, most), n),
        value(compared, span.lowest()),
        value(compared, span.highest()));
  }

  private List<WidestSpan.Place> places(List<GroupBlock> compared, String figure) {
    return IntStream.range(0, compared.size())
        .mapToObj(
            group -> {
              FigureBlock block = compared.get(group).block();
              int index = table.index(block, figure);
              return new WidestSpan.Place(
                  group,
                  table.observed(index),
                  table.standardError(values -> values[index]),
                  table.deviation(block, figure));
            })
        .toList();
  }

  private static String value(List<GroupBlock> compared, int group) {
    return group < 0 ? "" : compared.get(group).group().value();
  }

  /** Tests every compared group; in the order of the groups. */
  List<Finding> findings() {
    List<Finding> tests = new ArrayList<>();
    for (GroupBlock group : groups) {
      if (group.ranked()) {
        FigureNames.testedByGroup(predictions).forEach(metric -> tests.add(test(group, metric)));
      }
    }
    List<Double> adjusted = Holm.adjusted(tests.stream().map(Finding::p).toList());
    return IntStream.range(0, tests.size())
        .mapToObj(i -> with(tests.get(i), tests.get(i).p(), adjusted.get(i)))
        .toList();
  }

  private static Finding with(Finding test, double p, double adjusted) {
    return new Finding(
        test.attribute(), test.value(), test.metric(), test.difference(), p, adjusted);
  }

  private Finding test(GroupBlock group, String metric) {
    List<FigureBlock> references =
        group.group().parents().isEmpty()
            ? List.of(overall)
            : group.group().parents().stream().map(this::blockOf).toList();
    List<Finding> tests =
        references.stream().map(reference -> test(group, metric, reference)).toList();
    Finding nearest =
        Collections.max(tests, Comparator.comparingDouble(test -> test.difference().value()));
    // Worse than each of several references, or not worse: the largest p-value counts.
    double p = tests.stream().mapToDouble(Finding::p).max().orElse(Double.NaN);
    return with(nearest, p, p);
  }

  private FigureBlock blockOf(Subgroup wanted) {
    return groups.stream()
        .filter(group -> group.group().equals(wanted))
        .findFirst()
        .orElseThrow()
        .block();
  }

  private Finding test(GroupBlock group, String metric, FigureBlock reference) {
    int own = table.index(group.block(), metric);
    int other = table.index(reference, metric);
    ToDoubleFunction<double[]> difference = values -> values[own] - values[other];
    Estimate estimate = table.derived(difference, group.block().n());
    double t = estimate.value() / table.standardError(difference);
    double p = estimate.value() == 0 ? 1 : StudentT.twoSided(t, group.patients() - 1);
    return new Finding(
        group.group().attribute(),
        group.group().value(),
        FigureNames.plain(metric),
        estimate,
        p,
        p);
  }
}
