package dev.auscult.study;

import dev.auscult.adapt.ClassPredictions;
import dev.auscult.metric.Calibration;
import dev.auscult.metric.Calibration.Edges;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the probabilities of a method can be believed, each class-concept combination against the
 * rest, with all training data.
 *
 * @param task of the prior
 * @param method whose probabilities, as they are: no threshold moves them
 * @param ece for each combination the expected calibration error (ten bins of equal width), mean
 *     over the splits
 * @param pooled confidence and outcome of all combinations and splits together
 */
public record ClassCalibration(
    StudyTask task, StudyMethod method, List<Double> ece, Calibration pooled) {
  private static final int BINS = 10;

  /** Copies the list. */
  public ClassCalibration {
    ece = List.copyOf(ece);
  }

  /** That of every method in every task. */
  public static List<ClassCalibration> all(StudyResults results) {
    double most = results.fractions().get(results.fractions().size() - 1);
    List<ClassCalibration> all = new ArrayList<>();
    for (StudyTask task : results.data().tasks()) {
      for (StudyMethod method : results.methods()) {
        all.add(of(task, method, results.predictions(task, StudyLevel.COMBINATION, method, most)));
      }
    }
    return all;
  }

  private static ClassCalibration of(
      StudyTask task, StudyMethod method, List<ClassPredictions> fits) {
    List<Double> ece = new ArrayList<>();
    int n = task.test().size();
    int classes = task.prior().size();
    double[] allConfidences = new double[n * classes * fits.size()];
    boolean[] allOutcomes = new boolean[allConfidences.length];
    int next = 0;
    for (int c = 0; c < classes; c++) {
      double sum = 0;
      for (ClassPredictions fit : fits) {
        double[] confidence = new double[n];
        boolean[] outcome = new boolean[n];
        for (int i = 0; i < n; i++) {
          confidence[i] = fit.probabilities(i)[c];
          outcome[i] = fit.labels().get(i).contains(c);
          allConfidences[next] = confidence[i];
          allOutcomes[next++] = outcome[i];
        }
        sum += Calibration.of(confidence, outcome, BINS, Edges.LOWER_CLOSED).ece();
      }
      ece.add(sum / fits.size());
    }
    return new ClassCalibration(
        task, method, ece, Calibration.of(allConfidences, allOutcomes, BINS, Edges.LOWER_CLOSED));
  }
}
