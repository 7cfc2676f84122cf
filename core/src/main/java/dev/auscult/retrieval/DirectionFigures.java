package dev.auscult.retrieval;

import dev.auscult.base.Progress;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Deviation;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.ResampledFigures;
import dev.auscult.metric.ResampledFigures.Range;
import dev.auscult.metric.TestedDifference;
import dev.auscult.metric.TiedRank;
import dev.auscult.metric.WidestSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All figures of one direction, of all queries and of each group, from the same resamples of
 * patients.
 */
final class DirectionFigures {
  private static final List<RetrievalFigure> FIGURES = List.of(RetrievalFigure.values());

  private final RetrievalSet set;
  private final Direction direction;
  private final List<TiedRank> ranks;
  private final RetrievalSettings settings;
  private final List<String> patients;
  private final int[] clusterOf;
  private final int clusters;
  private final double[][] values;
  private final List<Part> parts = new ArrayList<>();
  private final ResampledFigures resampled;

  /**
   * @param ranks of the set's queries in that direction
   */
  DirectionFigures(
      RetrievalSet set,
      Direction direction,
      List<TiedRank> ranks,
      RetrievalSettings settings,
      Progress progress) {
    this.set = set;
    this.direction = direction;
    this.ranks = ranks;
    this.settings = settings;
    this.patients = set.patients(direction);
    Map<String, Integer> numbers = new HashMap<>();
    patients.forEach(patient -> numbers.putIfAbsent(patient, numbers.size()));
    this.clusterOf =
        patients.stream().mapToInt(patient -> numbers.getOrDefault(patient, 0)).toArray();
    this.clusters = numbers.size();
    this.values =
        FIGURES.stream()
            .map(figure -> ranks.stream().mapToDouble(figure::of).toArray())
            .toArray(double[][]::new);
    parts.add(new Part("", "", IntStream.range(0, ranks.size()).toArray()));
    for (RetrievalGroups groups : settings.groups()) {
      new TreeMap<>(groups.queries(set, direction))
          .forEach(
              (value, queries) ->
                  parts.add(
                      new Part(
                          groups.attribute(),
                          value,
                          queries.stream().mapToInt(Integer::intValue).toArray())));
    }
    this.resampled =
        ResampledFigures.of(
            settings.bootstrap(), clusters, settings.threads(), progress, this::figures);
  }

  /** Queries whose figures are wanted: all, or those of a group. */
  private final class Part {
    private final String attribute;
    private final String value;
    private final int[] queries;
    private final int[] byRank;

    Part(String attribute, String value, int[] queries) {
      this.attribute = attribute;
      this.value = value;
      this.queries = queries;
      this.byRank =
          Arrays.stream(queries)
              .boxed()
              .sorted(Comparator.comparingDouble(q -> ranks.get(q).expected()))
              .mapToInt(Integer::intValue)
              .toArray();
    }

    int patients() {
      return (int) Arrays.stream(queries).map(q -> clusterOf[q]).distinct().count();
    }

    Clusters clusters() {
      return Clusters.of(Arrays.stream(queries).mapToObj(patients::get).toList());
    }

    private double weight(Multiplicities weights) {
      double sum = 0;
      for (int query : queries) {
        sum += weights.of(clusterOf[query]);
      }
      return sum;
    }

    private double sum(Multiplicities weights, double[] values) {
      double sum = 0;
      for (int query : queries) {
        sum += weights.of(clusterOf[query]) * values[query];
      }
      return sum;
    }

    /** The median of the expected ranks, a query standing there as often as it counts. */
    private double median(Multiplicities weights, long total) {
      if (total == 0) {
        return Double.NaN;
      }
      return (at(weights, (total - 1) / 2) + at(weights, total / 2)) / 2;
    }

    private double at(Multiplicities weights, long position) {
      long before = 0;
      for (int query : byRank) {
        before += weights.of(clusterOf[query]);
        if (before > position) {
          return ranks.get(query).expected();
        }
      }
      throw new IllegalArgumentException("position " + position + " of " + before);
    }
  }

  /** For every part its figures, then those of the queries outside of it (no median there). */
  private double[] figures(Multiplicities weights) {
    double[] all = new double[parts.size() * 2 * FIGURES.size()];
    Part everything = parts.get(0);
    double total = everything.weight(weights);
    double[] sums = new double[FIGURES.size()];
    for (RetrievalFigure figure : FIGURES) {
      sums[index(figure)] =
          figure.isMean() ? everything.sum(weights, values[index(figure)]) : Double.NaN;
    }
    for (int p = 0; p < parts.size(); p++) {
      Part part = parts.get(p);
      double weight = part.weight(weights);
      for (RetrievalFigure figure : FIGURES) {
        int f = index(figure);
        if (figure.isMean()) {
          double sum = part.sum(weights, values[f]);
          all[at(p, f)] = sum / weight;
          all[outside(p, f)] = weight < total ? (sums[f] - sum) / (total - weight) : Double.NaN;
        } else {
          all[at(p, f)] = part.median(weights, (long) weight);
          all[outside(p, f)] = Double.NaN;
        }
      }
    }
    return all;
  }

  private static int index(RetrievalFigure figure) {
    return FIGURES.indexOf(figure);
  }

  private static int at(int part, int figure) {
    return part * 2 * FIGURES.size() + figure;
  }

  private static int outside(int part, int figure) {
    return at(part, figure) + FIGURES.size();
  }

  DirectionResult result() {
    Map<String, List<GroupRetrieval>> groups = new LinkedHashMap<>();
    Map<String, Map<RetrievalFigure, Estimate>> gaps = new LinkedHashMap<>();
    for (RetrievalGroups attribute : settings.groups()) {
      List<Integer> own =
          IntStream.range(1, parts.size())
              .filter(p -> parts.get(p).attribute.equals(attribute.attribute()))
              .boxed()
              .toList();
      groups.put(attribute.attribute(), own.stream().map(this::group).toList());
      List<Integer> compared = own.stream().filter(this::compared).toList();
      if (compared.size() > 1) {
        gaps.put(attribute.attribute(), gaps(compared));
      }
    }
    return new DirectionResult(
        ranks, set.candidates(direction).size(), clusters, estimates(0), chance(), groups, gaps);
  }

  private boolean compared(int part) {
    return parts.get(part).patients() >= settings.minimum();
  }

  /** Patients of the group, or of the queries outside of it where those have fewer. */
  private int fewerPatients(int part) {
    Set<Integer> own = Arrays.stream(parts.get(part).queries).boxed().collect(Collectors.toSet());
    long outside =
        IntStream.range(0, ranks.size())
            .filter(query -> !own.contains(query))
            .map(query -> clusterOf[query])
            .distinct()
            .count();
    return (int) Math.min(parts.get(part).patients(), outside);
  }

  private GroupRetrieval group(int p) {
    Part part = parts.get(p);
    Map<RetrievalFigure, TestedDifference> differences = new EnumMap<>(RetrievalFigure.class);
    for (RetrievalFigure figure : FIGURES) {
      if (figure.isMean() && compared(p)) {
        int f = index(figure);
        ToDoubleFunction<double[]> difference = all -> all[at(p, f)] - all[outside(p, f)];
        differences.put(
            figure,
            TestedDifference.of(resampled, difference, part.queries.length, fewerPatients(p)));
      }
    }
    return new GroupRetrieval(
        part.value, part.queries.length, part.patients(), compared(p), estimates(p), differences);
  }

  private Map<RetrievalFigure, Estimate> estimates(int p) {
    Map<RetrievalFigure, Estimate> estimates = new EnumMap<>(RetrievalFigure.class);
    for (RetrievalFigure figure : FIGURES) {
      estimates.put(figure, estimate(p, figure));
    }
    return estimates;
  }

  private Estimate estimate(int p, RetrievalFigure figure) {
    Part part = parts.get(p);
    Estimate found = resampled.estimate(all -> all[at(p, index(figure))], part.queries.length);
    if (figure.isRecall() && (found.value() == 0 || found.value() == 1)) {
      Bootstrap bootstrap = settings.bootstrap();
      return bootstrap.share(
          Arrays.stream(part.queries).mapToDouble(q -> figure.of(ranks.get(q))).toArray(),
          part.clusters());
    }
    return found;
  }

  /** Largest minus smallest, whose interval needs more than the gaps of resamples. */
  private Map<RetrievalFigure, Estimate> gaps(List<Integer> compared) {
    Map<RetrievalFigure, Estimate> gaps = new EnumMap<>(RetrievalFigure.class);
    int n = compared.stream().mapToInt(p -> parts.get(p).queries.length).sum();
    for (RetrievalFigure figure : FIGURES) {
      WidestSpan span =
          new WidestSpan(
              List.of(compared.stream().map(p -> place(p, index(figure))).toList()),
              Deviation.tolerance(clusters));
      double most = figure.isMean() ? 1 : set.candidates(direction).size();
      gaps.put(figure, resampled.estimate(span.value(), span.deviation(), new Range(0, most), n));
    }
    return gaps;
  }

  private WidestSpan.Place place(int part, int figure) {
    int index = at(part, figure);
    double observed = resampled.observed()[index];
    return new WidestSpan.Place(
        part, observed, resampled.standardError(all -> all[index]), Deviation.of(index, observed));
  }

  private Map<RetrievalFigure, Double> chance() {
    int items = set.candidates(direction).size();
    List<TiedRank> blind =
        IntStream.range(0, ranks.size())
            .mapToObj(q -> TiedRank.byChance(items, set.relevant(direction, q).size()))
            .toList();
    Map<RetrievalFigure, Double> chance = new EnumMap<>(RetrievalFigure.class);
    for (RetrievalFigure figure : FIGURES) {
      double[] values = blind.stream().mapToDouble(figure::of).sorted().toArray();
      int n = values.length;
      chance.put(
          figure,
          figure.isMean()
              ? Arrays.stream(values).average().orElse(Double.NaN)
              : (values[(n - 1) / 2] + values[n / 2]) / 2);
    }
    return chance;
  }
}
