package dev.auscult.metric;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How often each true class was called what. Averages over classes follow scikit-learn: {@code
 * macro} runs over the classes that occur in truth or calls, and a class that was never called or
 * never true counts 0 there; balanced accuracy runs over the classes that occur in the truth.
 * Immutable.
 */
public final class ConfusionMatrix {
  private final long[] cells;
  private final int classes;

  private ConfusionMatrix(long[] cells, int classes) {
    this.cells = cells;
    this.classes = classes;
  }

  /**
   * Counts calls.
   *
   * @param truth the number of each observation's class, from 0
   * @param called the number of the class it was given
   * @param classes how many there are
   * @throws IllegalArgumentException if the lengths differ or a class is unknown
   */
  public static ConfusionMatrix of(int[] truth, int[] called, int classes) {
    if (truth.length != called.length) {
      throw new IllegalArgumentException(
          "%d calls for %d truths".formatted(called.length, truth.length));
    }
    long[] cells = new long[Math.multiplyExact(classes, classes)];
    for (int i = 0; i < truth.length; i++) {
      cells[cell(truth[i], called[i], classes)]++;
    }
    return new ConfusionMatrix(cells, classes);
  }

  static int cell(int truth, int called, int classes) {
    if (Math.min(truth, called) < 0 || Math.max(truth, called) >= classes) {
      throw new IllegalArgumentException(
          "class %d called %d of %d classes".formatted(truth, called, classes));
    }
    return truth * classes + called;
  }

  /**
   * A matrix of known counts.
   *
   * @param cells row by row: {@code cells[truth * classes + called]}
   */
  static ConfusionMatrix ofCells(long[] cells, int classes) {
    return new ConfusionMatrix(cells.clone(), classes);
  }

  /** How often class {@code truth} was called {@code called}. */
  public long count(int truth, int called) {
    return cells[truth * classes + called];
  }

  /** The number of classes. */
  public int classes() {
    return classes;
  }

  /** The number of observations. */
  public long total() {
    long total = 0;
    for (long cell : cells) {
      total += cell;
    }
    return total;
  }

  /** One class against all others. */
  public ClassCounts counts(int index) {
    long row = 0;
    long column = 0;
    for (int other = 0; other < classes; other++) {
      row += count(index, other);
      column += count(other, index);
    }
    long right = count(index, index);
    return new ClassCounts(right, column - right, row - right, total() - row - column + right);
  }

  private long right() {
    long right = 0;
    for (int index = 0; index < classes; index++) {
      right += count(index, index);
    }
    return right;
  }

  /**
   * The share called rightly; of one class per observation also the micro average of precision,
   * recall and F1. {@code NaN} of nothing.
   */
  public double accuracy() {
    return total() == 0 ? Double.NaN : (double) right() / total();
  }

  /** Mean recall of the classes that occur in the truth; {@code NaN} of nothing. */
  public double balancedAccuracy() {
    return IntStream.range(0, classes)
        .mapToObj(this::counts)
        .filter(counts -> counts.positives() > 0)
        .mapToDouble(ClassCounts::sensitivity)
        .average()
        .orElse(Double.NaN);
  }

  /** Mean recall of the classes that occur in truth or calls; {@code NaN} of nothing. */
  public double macroRecall() {
    return macro(ClassCounts::sensitivity);
  }

  /** Mean precision of the classes that occur in truth or calls; {@code NaN} of nothing. */
  public double macroPrecision() {
    return macro(ClassCounts::precision);
  }

  /** Mean F1 of the classes that occur in truth or calls; {@code NaN} of nothing. */
  public double macroF1() {
    return macro(ClassCounts::f1);
  }

  private double macro(ToDoubleFunction<ClassCounts> share) {
    return IntStream.range(0, classes)
        .mapToObj(this::counts)
        .filter(counts -> counts.positives() + counts.falsePositives() > 0)
        .mapToDouble(share)
        .map(value -> Double.isNaN(value) ? 0 : value)
        .average()
        .orElse(Double.NaN);
  }
}
