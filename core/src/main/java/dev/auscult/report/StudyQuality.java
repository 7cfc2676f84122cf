package dev.auscult.report;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.LabelMode;
import dev.auscult.evaluation.Evaluation;
import dev.auscult.evaluation.EvaluationResult;
import dev.auscult.evaluation.EvaluationSettings;
import dev.auscult.evaluation.FigureNames;
import dev.auscult.evaluation.Gap;
import dev.auscult.evaluation.Intersections;
import dev.auscult.evaluation.PredictionsReader;
import dev.auscult.evaluation.ReadOptions;
import dev.auscult.evaluation.ScoreKind;
import dev.auscult.evaluation.ThresholdChoice;
import dev.auscult.metric.Bootstrap;
import dev.auscult.study.CellResult;
import dev.auscult.study.StudyMethod;
import dev.auscult.study.StudyResults;
import dev.auscult.study.StudyTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code evaluate} says of fits with all training data, first split, from the predictions that
 * the study wrote: who is served worse, and what is taken for what.
 *
 * @param task of the prior
 * @param method that was fitted
 * @param found its evaluation with the fit's own threshold
 */
public record StudyQuality(StudyTask task, StudyMethod method, EvaluationResult found) {
  private static final int RESAMPLES = 1000;
  private static final int BINS = 10;
  private static final int FEWEST_PATIENTS = 20;

  /**
   * Evaluates methods in every task.
   *
   * @param folder of the study, where the predictions are written already
   * @param threads how many to use; no figure depends on it
   */
  public static List<StudyQuality> of(
      StudyResults results,
      List<StudyMethod> methods,
      Path folder,
      Seed seed,
      int threads,
      Progress progress) {
    double most = results.fractions().get(results.fractions().size() - 1);
    List<StudyQuality> all = new ArrayList<>();
    for (StudyTask task : results.data().tasks()) {
      for (StudyMethod method : methods) {
        CellResult fit =
            results.cells().stream()
                .filter(
                    result ->
                        result.cell().task().equals(task.name())
                            && result.cell().method() == method
                            && result.cell().fraction() == most)
                .findFirst()
                .orElseThrow();
        EvaluationSettings settings =
            new EvaluationSettings(
                new Bootstrap(
                    Bootstrap.Kind.BCA, RESAMPLES, 0.95, seed.derive("quality " + method.term())),
                threads,
                ScoreKind.PROBABILITY,
                BINS,
                threshold(task, fit),
                Intersections.NONE,
                FEWEST_PATIENTS);
        all.add(
            new StudyQuality(
                task,
                method,
                Evaluation.of(
                    PredictionsReader.read(
                        StudyPredictions.file(folder, fit.cell()),
                        ReadOptions.standard(),
                        progress),
                    settings,
                    progress)));
      }
    }
    return all;
  }

  /** The fit's threshold in log-odds as a probability. */
  private static ThresholdChoice threshold(StudyTask task, CellResult fit) {
    return task.prior().labelMode() == LabelMode.EXCLUSIVE
        ? ThresholdChoice.HALF
        : new ThresholdChoice(1 / (1 + Math.exp(-fit.threshold())), Optional.empty());
  }

  /** Gaps between groups in macro F1 and AUROC. */
  List<Gap> gaps() {
    return found.gaps().stream()
        .filter(
            gap ->
                gap.metric().equals(FigureNames.MACRO_F1) || gap.metric().equals(FigureNames.AUROC))
        .toList();
  }
}
