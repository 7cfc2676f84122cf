package dev.auscult.report;

import dev.auscult.evaluation.EvaluationResult;
import dev.auscult.evaluation.Task;
import java.util.ArrayList;
import java.util.List;

/** What a reader of an evaluation must know. */
final class EvaluationWords {
  private EvaluationWords() {}

  static List<String> notes(EvaluationResult result) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Intervals are BCa bootstrap intervals that take patients whole."
            + " NA stands where a figure is undefined, as an AUROC of a single class,"
            + " or where resampling knows no uncertainty, as where all calls are right. Intervals"
            + " of calibration errors and gaps, which resampling makes larger, are bounds instead"
            + " and rather too wide.");
    notes.add(
        result.task() == Task.MULTI_CLASS
            ? "The first class of each observation is called. AUROC, average precision and"
                + " sensitivity are of each class against the rest, averaged over the classes that"
                + " have positives and negatives. ECE is of the first class."
            : "Scores from the threshold on are called positive.");
    if (result.task() == Task.MULTI_LABEL) {
      notes.add(
          "Figures of several labels are means over labels; the share of observations of which"
              + " every label is right is the subset accuracy.");
    }
    if (result.validation() == 0) {
      notes.add(
          "Without validation rows (split val) no operating point is chosen and no temperature"
              + " fitted: neither may be chosen on test rows.");
    }
    if (!result.groups().isEmpty()) {
      notes.add(
          "Groups with few patients are shown and not compared. A group is tested against all"
              + " observations, an intersection against both groups that it is part of. ECE grows as"
              + " groups shrink; compare groups by mean confidence − outcome instead. A gap is never"
              + " negative and grows with the number of groups.");
    }
    return notes;
  }
}
