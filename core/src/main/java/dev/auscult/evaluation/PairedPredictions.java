package dev.auscult.evaluation;

import dev.auscult.base.InputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Joins the predictions of two models by id. Rows and classes may stand in other orders; ids,
 * truths and, where both files have them, patients must be the same.
 */
final class PairedPredictions {
  private static final int NONE = -1;

  private final PredictionFile first;
  private final PredictionFile second;

  private PairedPredictions(PredictionFile first, PredictionFile second) {
    this.first = first;
    this.second = second;
  }

  /**
   * The test rows of the second file in the order, with the classes' order and the patients of the
   * first.
   *
   * @throws InputException naming files and lines if they are not of the same samples
   */
  static Predictions join(PredictionFile first, PredictionFile second) {
    PairedPredictions pair = new PairedPredictions(first, second);
    pair.refuseOtherTask();
    int[] classes = pair.classes();
    int[] rows = pair.rows();
    Predictions joined = second.test().arranged(rows, classes, first.test());
    pair.refuseOtherTruth(joined, rows);
    pair.refuseOtherPatients(rows);
    return joined;
  }

  private void refuseOtherTask() {
    if (first.test().task() != second.test().task()) {
      throw new InputException(
          second.source().toString(),
          "predictions of " + words(second.test().task()),
          "of " + words(first.test().task()) + ", as in " + first.source(),
          "compare predictions of the same task");
    }
  }

  private static String words(Task task) {
    return switch (task) {
      case BINARY -> "a binary task";
      case MULTI_CLASS -> "one of several classes";
      case MULTI_LABEL -> "several labels";
    };
  }

  /** Where each class of the first file is in the second. */
  private int[] classes() {
    List<String> wanted = first.test().classes();
    List<String> found = second.test().classes();
    refuseMissing(second.source(), first.source(), wanted, found);
    refuseMissing(first.source(), second.source(), found, wanted);
    return wanted.stream().mapToInt(found::indexOf).toArray();
  }

  private static void refuseMissing(
      Path file, Path other, List<String> wanted, List<String> found) {
    HashSet<String> missing = new HashSet<>(wanted);
    found.forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new InputException(
          file + " line 1",
          "no class '%s'".formatted(missing.stream().sorted().findFirst().orElseThrow()),
          "the classes of " + other,
          "compare predictions of the same classes");
    }
  }

  /** Where each row of the first file is in the second. */
  private int[] rows() {
    int[] rows = first.ids().rowsIn(second.ids());
    refuseAbsent(first, second, rows);
    refuseAbsent(second, first, second.ids().rowsIn(first.ids()));
    return rows;
  }

  private static void refuseAbsent(PredictionFile file, PredictionFile other, int[] rows) {
    int absent = (int) Arrays.stream(rows).filter(row -> row == NONE).count();
    if (absent > 0) {
      int row = IntStream.range(0, rows.length).filter(i -> rows[i] == NONE).findFirst().orElse(0);
      throw new InputException(
          where(file, row),
          "an id that %s does not evaluate (%d such %s in all)"
              .formatted(other.source(), absent, absent == 1 ? "row" : "rows"),
          "the same samples in both files",
          "leave out what only one model has predicted, or predict it");
    }
  }

  private void refuseOtherTruth(Predictions joined, int[] rows) {
    Predictions own = first.test();
    for (int index = 0; index < own.classes().size(); index++) {
      for (int row = 0; row < own.size(); row++) {
        if (own.positive(index, row) != joined.positive(index, row)) {
          throw new InputException(
              where(second, rows[row]),
              "another truth than %s has".formatted(where(first, row)),
              "the same truth of a sample in both files",
              "correct one of them");
        }
      }
    }
  }

  /** A file without patients has as many as rows, and nothing to contradict. */
  private void refuseOtherPatients(int[] rows) {
    if (second.test().patients() == second.test().size()) {
      return;
    }
    int[] ofSecond = new int[second.test().patients()];
    int[] ofFirst = new int[first.test().patients()];
    Arrays.fill(ofSecond, NONE);
    Arrays.fill(ofFirst, NONE);
    for (int row = 0; row < rows.length; row++) {
      int here = first.test().patient(row);
      int there = second.test().patient(rows[row]);
      if ((ofSecond[there] != NONE && ofSecond[there] != here)
          || (ofFirst[here] != NONE && ofFirst[here] != there)) {
        throw new InputException(
            where(second, rows[row]),
            "a row that shares its patient with other rows than %s does"
                .formatted(where(first, row)),
            "the same patients in both files",
            "give both files the same column 'patient', or only the first one");
      }
      ofSecond[there] = here;
      ofFirst[here] = there;
    }
  }

  private static String where(PredictionFile file, int row) {
    return "%s line %d".formatted(file.source(), file.ids().line(row));
  }
}
