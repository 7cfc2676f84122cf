package dev.auscult.study;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.StudySplits.TrainingSplit;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.CorrectedResampledTest;
import dev.auscult.metric.CrossedDifference;
import dev.auscult.metric.Holm;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.ResampledFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * All pairs of methods compared, at every level, at every share and over all shares, in macro F1
 * and AUROC.
 *
 * @param pairs each pair once, in the order of the methods
 */
public record StudyComparisons(List<StudyComparison> pairs) {
  private static final List<StudyMetric> COMPARED =
      List.of(StudyMetric.MACRO_F1, StudyMetric.AUROC);
  private static final int RESAMPLES = 500;
  private static final double LEVEL = 0.95;

  /** Copies the list. */
  public StudyComparisons {
    pairs = List.copyOf(pairs);
  }

  /**
   * Compares.
   *
   * @param threads how many to use; the result does not depend on it
   */
  public static StudyComparisons of(
      StudyResults results, Seed seed, int threads, Progress progress) {
    List<StudyComparison> pairs = new ArrayList<>();
    for (StudyLevel level : StudyLevel.values()) {
      for (StudyMetric metric : COMPARED) {
        pairs.addAll(new Contest(results, level, metric).run(seed, threads, progress));
      }
    }
    return new StudyComparisons(pairs);
  }

  /**
   * One pair, seen from the first method.
   *
   * @param fractions one share, or all of the study for the mean over them
   */
  public StudyComparison between(
      StudyLevel level,
      StudyMetric metric,
      List<Double> fractions,
      StudyMethod method,
      StudyMethod other) {
    return pairs.stream()
        .filter(
            pair ->
                pair.level() == level
                    && pair.metric() == metric
                    && pair.fractions().equals(fractions))
        .flatMap(pair -> Stream.of(pair, pair.reversed()))
        .filter(pair -> pair.method() == method && pair.other() == other)
        .findFirst()
        .orElseThrow();
  }

  /** All methods at one level in one figure, resampled together. */
  private record Contest(StudyResults results, StudyLevel level, StudyMetric metric) {

    List<StudyComparison> run(Seed seed, int threads, Progress progress) {
      Bootstrap bootstrap =
          new Bootstrap(
              Bootstrap.Kind.PERCENTILE,
              RESAMPLES,
              LEVEL,
              seed.derive("comparison " + level.term()).derive(metric.term()));
      ResampledFigures figures =
          ResampledFigures.of(bootstrap, results.patients(), threads, progress, this::figures);
      List<StudyComparison> found = new ArrayList<>();
      for (double fraction : results.fractions()) {
        found.addAll(family(figures, List.of(fraction)));
      }
      if (results.fractions().size() > 1) {
        found.addAll(family(figures, results.fractions()));
      }
      return found;
    }

    /** By fraction, then method, then repetition. */
    private double[] figures(Multiplicities weights) {
      List<Double> fractions = results.fractions();
      List<StudyMethod> methods = results.methods();
      List<Integer> repetitions = results.repetitions();
      double[] figures = new double[fractions.size() * methods.size() * repetitions.size()];
      int next = 0;
      for (double fraction : fractions) {
        for (StudyMethod method : methods) {
          for (int repetition : repetitions) {
            figures[next++] = results.figure(level, method, fraction, repetition, metric, weights);
          }
        }
      }
      return figures;
    }

    /** All pairs at some shares, corrected together. */
    private List<StudyComparison> family(ResampledFigures figures, List<Double> fractions) {
      List<StudyMethod> methods = results.methods();
      List<StudyComparison> family = new ArrayList<>();
      for (int first = 0; first < methods.size(); first++) {
        for (int second = first + 1; second < methods.size(); second++) {
          family.add(compare(figures, fractions, methods.get(first), methods.get(second)));
        }
      }
      List<Double> adjusted = Holm.adjusted(family.stream().map(pair -> pair.found().p()).toList());
      List<StudyComparison> corrected = new ArrayList<>();
      for (int i = 0; i < family.size(); i++) {
        corrected.add(family.get(i).withHolm(adjusted.get(i)));
      }
      return corrected;
    }

    private StudyComparison compare(
        ResampledFigures figures, List<Double> fractions, StudyMethod method, StudyMethod other) {
      List<ToDoubleFunction<double[]>> ofSplits = new ArrayList<>();
      for (int repetition = 0; repetition < results.repetitions().size(); repetition++) {
        int split = repetition;
        ofSplits.add(
            row -> {
              double sum = 0;
              for (double fraction : fractions) {
                sum += row[at(fraction, method, split)] - row[at(fraction, other, split)];
              }
              return sum / fractions.size();
            });
      }
      return new StudyComparison(
          level,
          metric,
          fractions,
          method,
          other,
          CrossedDifference.of(figures, ofSplits, results.patients(), LEVEL),
          Double.NaN,
          nadeauBengio(figures.observed(), ofSplits, fractions));
    }

    private int at(double fraction, StudyMethod method, int split) {
      int block =
          results.fractions().indexOf(fraction) * results.methods().size()
              + results.methods().indexOf(method);
      return block * results.repetitions().size() + split;
    }

    private double nadeauBengio(
        double[] observed, List<ToDoubleFunction<double[]>> ofSplits, List<Double> fractions) {
      if (fractions.size() > 1 || ofSplits.size() < 2 || fractions.get(0) == 1) {
        return Double.NaN;
      }
      double trained =
          results.data().splits().training().stream()
              .filter(split -> split.fraction() == fractions.get(0))
              .map(TrainingSplit::samples)
              .mapToInt(List::size)
              .average()
              .orElseThrow();
      double[] differences =
          ofSplits.stream().mapToDouble(split -> split.applyAsDouble(observed)).toArray();
      double tested = results.data().splits().test().size();
      return CorrectedResampledTest.of(differences, tested / trained).p();
    }
  }
}
