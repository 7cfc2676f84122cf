package dev.auscult.study;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.CorrectedResampledTest;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Holm;
import dev.auscult.metric.ResampledFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * How much a method's macro F1 exceeds the reference's on the same test samples.
 *
 * @param level of judgement
 * @param fraction of the training data
 * @param method which is compared
 * @param reference with which it is compared
 * @param difference mean over splits of method minus reference, with the interval of a bootstrap of
 *     the test patients, the fits as they are
 * @param patients two-sided p-value of no difference to other patients: the difference over the
 *     bootstrap's standard error, normal; {@code NaN} if there is no difference in any resample
 * @param splits two-sided p-value of no difference to other training splits: the corrected
 *     resampled t-test of Nadeau and Bengio (2003); {@code NaN} with fewer than two splits or at
 *     the whole training data, where all splits are one
 */
public record StudyComparison(
    StudyLevel level,
    double fraction,
    StudyMethod method,
    StudyMethod reference,
    Estimate difference,
    double patients,
    double splits) {
  private static final int RESAMPLES = 1000;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  /**
   * A comparison with Holm's correction over all comparisons of the study.
   *
   * @param comparison as found
   * @param patients its corrected p-value
   * @param splits its corrected p-value
   */
  public record Corrected(StudyComparison comparison, double patients, double splits) {

    /** Whether both kinds of chance are unlikely to explain the difference, at 5 %. */
    public boolean isClear() {
      return patients < 0.05 && (Double.isNaN(splits) || splits < 0.05);
    }
  }

  /**
   * Compares every method with the reference, at every level and fraction.
   *
   * @param threads how many to use; the result does not depend on it
   */
  public static List<Corrected> all(
      StudyResults results, StudyMethod reference, Seed seed, int threads, Progress progress) {
    List<StudyComparison> found = new ArrayList<>();
    for (StudyLevel level : StudyLevel.values()) {
      for (double fraction : results.fractions()) {
        found.addAll(new Contest(results, reference, level, fraction).run(seed, threads, progress));
      }
    }
    List<Double> patients = Holm.adjusted(found.stream().map(StudyComparison::patients).toList());
    List<Double> splits = Holm.adjusted(found.stream().map(StudyComparison::splits).toList());
    List<Corrected> corrected = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      corrected.add(new Corrected(found.get(i), patients.get(i), splits.get(i)));
    }
    return corrected;
  }

  /** All methods at one level and fraction, resampled together. */
  private record Contest(
      StudyResults results, StudyMethod reference, StudyLevel level, double fraction) {

    List<StudyComparison> run(Seed seed, int threads, Progress progress) {
      List<StudyMethod> methods = results.methods();
      int repetitions = results.repetitions().size();
      Bootstrap bootstrap =
          new Bootstrap(
              Bootstrap.Kind.PERCENTILE,
              RESAMPLES,
              0.95,
              seed.derive("comparison " + level.term()).derive("" + fraction));
      ResampledFigures resampled =
          ResampledFigures.of(
              bootstrap,
              results.patients(),
              threads,
              progress,
              weights -> {
                double[] figures = new double[methods.size() * repetitions];
                for (int m = 0; m < methods.size(); m++) {
                  for (int r = 0; r < repetitions; r++) {
                    figures[m * repetitions + r] =
                        results.figure(
                            level,
                            methods.get(m),
                            fraction,
                            results.repetitions().get(r),
                            StudyMetric.MACRO_F1,
                            weights);
                  }
                }
                return figures;
              });
      List<StudyComparison> found = new ArrayList<>();
      for (StudyMethod method : methods) {
        if (method != reference) {
          found.add(
              compare(method, methods.indexOf(method), methods.indexOf(reference), resampled));
        }
      }
      return found;
    }

    private StudyComparison compare(
        StudyMethod method, int at, int referenceAt, ResampledFigures resampled) {
      int repetitions = results.repetitions().size();
      ToDoubleFunction<double[]> difference =
          figures -> mean(figures, at, repetitions) - mean(figures, referenceAt, repetitions);
      Estimate estimate = resampled.estimate(difference, results.patients());
      double error = resampled.standardError(difference);
      double z = Math.abs(estimate.value()) / error;
      double p = error > 0 ? 2 * (1 - NORMAL.cumulativeProbability(z)) : Double.NaN;
      return new StudyComparison(
          level, fraction, method, reference, estimate, p, overSplits(at, referenceAt, resampled));
    }

    private double overSplits(int at, int referenceAt, ResampledFigures resampled) {
      int repetitions = results.repetitions().size();
      if (repetitions < 2 || fraction == 1) {
        return Double.NaN;
      }
      double[] observed = resampled.observed();
      double[] differences = new double[repetitions];
      for (int r = 0; r < repetitions; r++) {
        differences[r] = observed[at * repetitions + r] - observed[referenceAt * repetitions + r];
      }
      double trained = fraction * results.data().splits().pool().size();
      double tested = results.data().splits().test().size();
      return CorrectedResampledTest.of(differences, tested / trained).p();
    }

    private static double mean(double[] figures, int method, int repetitions) {
      double sum = 0;
      for (int r = 0; r < repetitions; r++) {
        sum += figures[method * repetitions + r];
      }
      return sum / repetitions;
    }
  }
}
