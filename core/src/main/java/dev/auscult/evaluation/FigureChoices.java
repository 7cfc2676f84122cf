package dev.auscult.evaluation;

import java.util.List;

/**
 * What figures depend on besides the predictions.
 *
 * @param scores what the scores are
 * @param bins of equal width for calibration
 * @param thresholds from which score on a label is called, one per label; of several classes the
 *     first is called
 */
record FigureChoices(ScoreKind scores, int bins, List<Double> thresholds) {
  FigureChoices {
    thresholds = List.copyOf(thresholds);
  }

  FigureBlock block(Slice slice) {
    return slice.predictions().task() == Task.MULTI_CLASS
        ? new ClassFigures(slice, this)
        : new LabelFigures(slice, this);
  }
}
