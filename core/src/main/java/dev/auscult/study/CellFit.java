package dev.auscult.study;

import dev.auscult.adapt.Adaptation;
import dev.auscult.adapt.AdaptationTask;
import dev.auscult.adapt.ClassPredictions;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.LabelMode;
import dev.auscult.data.StudySplits.TrainingSplit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One fit, on the same terms for every method: what is to be chosen is chosen on the validation
 * part of the training split by a fit on the rest of it; then the whole training split is fitted on
 * with the choice.
 *
 * @param config of the study
 * @param task what is told apart
 * @param split what may be seen
 * @param cell which method on it
 * @param logitScale the model's factor on the cosine
 */
record CellFit(
    StudyConfig config, StudyTask task, TrainingSplit split, StudyCell cell, double logitScale) {

  /**
   * What was chosen.
   *
   * @param settings those chosen, by name
   * @param threshold if it was chosen too
   * @param validated on how many samples
   */
  private record Choice(Map<String, String> settings, OptionalDouble threshold, int validated) {
    static final Choice NONE = new Choice(Map.of(), OptionalDouble.empty(), 0);
  }

  /** The fit of a cell. */
  static CellFit of(StudyConfig config, StudyData data, StudyCell cell, double logitScale) {
    StudyTask task =
        data.tasks().stream()
            .filter(one -> one.name().equals(cell.task()))
            .findFirst()
            .orElseThrow();
    TrainingSplit split =
        data.splits().training().stream()
            .filter(one -> one.name().equals(cell.split()))
            .findFirst()
            .orElseThrow();
    return new CellFit(config, task, split, cell, logitScale);
  }

  /** What is fitted on in the end: the whole training split. */
  AdaptationTask whole() {
    return task.fitting(method(), split, logitScale, new Seed(config.seed()));
  }

  /** Fits on the whole training split with settings that were chosen before. */
  Adaptation again(Map<String, String> chosen, Progress progress) {
    Map<String, String> settings = new LinkedHashMap<>(config.settings(method()));
    settings.putAll(chosen);
    return method().trainer(settings).train(whole(), progress);
  }

  CellResult run(Progress progress) {
    long began = System.nanoTime();
    Choice choice = choose(progress);
    AdaptationTask whole = whole();
    Adaptation fitted = again(choice.settings(), progress);
    Map<String, String> chosen = new LinkedHashMap<>(choice.settings());
    chosen.putAll(fitted.chosen());
    float threshold =
        choice.threshold().isPresent()
            ? (float) choice.threshold().getAsDouble()
            : thresholdOnTraining(whole, fitted);
    double seconds = (System.nanoTime() - began) / 1e9;
    return new CellResult(
        cell,
        whole.train().size(),
        choice.validated(),
        chosen,
        threshold,
        seconds,
        ClassPredictions.of(fitted.adapter(), whole, task.tested()).scores());
  }

  private StudyMethod method() {
    return cell.method();
  }

  /** A threshold is moved only where findings are called one by one, and by methods that learn. */
  private boolean moves(CallThreshold threshold) {
    return config.threshold() == threshold
        && task.prior().labelMode() == LabelMode.MULTIPLE
        && method().learns();
  }

  private Choice choose(Progress progress) {
    boolean needed = method().chooses() || moves(CallThreshold.VALIDATION);
    if (!needed || split.validation().isEmpty()) {
      return Choice.NONE;
    }
    AdaptationTask part = task.choosing(method(), split, logitScale, new Seed(config.seed()));
    if (part.validation().size() == 0) {
      return Choice.NONE;
    }
    Adaptation tried = method().trainer(config.settings(method())).train(part, progress);
    OptionalDouble threshold =
        moves(CallThreshold.VALIDATION)
            ? OptionalDouble.of(
                CallThreshold.best(ClassPredictions.of(tried.adapter(), part, part.validation())))
            : OptionalDouble.empty();
    return new Choice(tried.chosen(), threshold, part.validation().size());
  }

  /** Also where the threshold was to be chosen on validation samples and there are none. */
  private float thresholdOnTraining(AdaptationTask whole, Adaptation fitted) {
    return moves(CallThreshold.TRAINING) || moves(CallThreshold.VALIDATION)
        ? CallThreshold.best(ClassPredictions.of(fitted.adapter(), whole, task.trained(split)))
        : 0;
  }
}
