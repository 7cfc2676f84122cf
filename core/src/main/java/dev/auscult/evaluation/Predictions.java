package dev.auscult.evaluation;

import dev.auscult.metric.TemperatureScaling;
import java.util.List;
import java.util.stream.IntStream;

/**
 * True and predicted classes of observations, in columns. Of a binary task {@code classes} holds
 * one name, the positive one. Immutable.
 */
public final class Predictions {
  /** Probabilities nearer to 0 or 1 than this become logits as if they were this far. */
  private static final double SURE = 1e-12;

  private final Task task;
  private final List<String> classes;

  /** Of one class per observation: its number (binary: 1 if positive). */
  private final int[] truth;

  /** Of several labels: for each whether an observation has it, else empty. */
  private final boolean[][] labels;

  private final double[][] scores;
  private final int[] patient;
  private final int patients;
  private final List<Attribute> attributes;

  Predictions(
      Task task,
      List<String> classes,
      int[] truth,
      boolean[][] labels,
      double[][] scores,
      int[] patient,
      int patients,
      List<Attribute> attributes) {
    this.task = task;
    this.classes = List.copyOf(classes);
    this.truth = truth;
    this.labels = labels;
    this.scores = scores;
    this.patient = patient;
    this.patients = patients;
    this.attributes = List.copyOf(attributes);
  }

  /** What is predicted. */
  public Task task() {
    return task;
  }

  /** The names of the classes or labels. */
  public List<String> classes() {
    return classes;
  }

  /** The number of observations. */
  public int size() {
    return patient.length;
  }

  /** The number of patients, or of observations where no patient is known. */
  public int patients() {
    return patients;
  }

  /** The number of an observation's patient, from 0. */
  public int patient(int row) {
    return patient[row];
  }

  /** What is known of the observations besides. */
  public List<Attribute> attributes() {
    return attributes;
  }

  /** Whether an observation is of a class. */
  public boolean positive(int index, int row) {
    return switch (task) {
      case BINARY -> truth[row] == 1;
      case MULTI_CLASS -> truth[row] == index;
      case MULTI_LABEL -> labels[index][row];
    };
  }

  /** The number of an observation's class; of a binary task 1 if positive. */
  public int truth(int row) {
    if (task == Task.MULTI_LABEL) {
      throw new IllegalStateException("several labels have no single class");
    }
    return truth[row];
  }

  /** The score of an observation for a class. */
  public double score(int index, int row) {
    return scores[index][row];
  }

  /** The class of the highest score, the first of equal ones. */
  public int first(int row) {
    int best = 0;
    for (int index = 1; index < scores.length; index++) {
      if (scores[index][row] > scores[best][row]) {
        best = index;
      }
    }
    return best;
  }

  /** All rows. */
  public int[] rows() {
    return IntStream.range(0, size()).toArray();
  }

  /** How many observations are of a class. */
  public int count(int index) {
    return (int) IntStream.range(0, size()).filter(row -> positive(index, row)).count();
  }

  /** The temperatures of the greatest likelihood: one, or of several labels one each. */
  List<Double> temperatures() {
    if (task == Task.MULTI_CLASS) {
      double[][] logits = new double[size()][];
      for (int row = 0; row < logits.length; row++) {
        logits[row] = logits(row);
      }
      return List.of(TemperatureScaling.fit(logits, truth));
    }
    return IntStream.range(0, classes.size()).mapToObj(this::temperature).toList();
  }

  private double temperature(int index) {
    double[][] logits = new double[size()][];
    int[] positive = new int[size()];
    for (int row = 0; row < logits.length; row++) {
      logits[row] = new double[] {0, logit(scores[index][row])};
      positive[row] = positive(index, row) ? 1 : 0;
    }
    return TemperatureScaling.fit(logits, positive);
  }

  /** The same with probabilities at other temperatures. */
  Predictions at(List<Double> temperatures) {
    double[][] scaled = new double[scores.length][size()];
    for (int row = 0; row < size(); row++) {
      if (task == Task.MULTI_CLASS) {
        double[] probabilities = TemperatureScaling.probabilities(logits(row), temperatures.get(0));
        for (int index = 0; index < scaled.length; index++) {
          scaled[index][row] = probabilities[index];
        }
      } else {
        for (int index = 0; index < scaled.length; index++) {
          double logit = logit(scores[index][row]) / temperatures.get(index);
          scaled[index][row] = 1 / (1 + Math.exp(-logit));
        }
      }
    }
    return new Predictions(task, classes, truth, labels, scaled, patient, patients, attributes);
  }

  /**
   * Other rows and classes first.
   *
   * @param rows of these predictions, in their new order
   * @param order of the classes, by their numbers here
   * @param like whose names, patients and attributes these get, one row each
   */
  Predictions arranged(int[] rows, int[] order, Predictions like) {
    int[] number = new int[order.length];
    for (int index = 0; index < order.length; index++) {
      number[order[index]] = index;
    }
    int[] truths =
        task == Task.BINARY
            ? picked(truth, rows)
            : IntStream.of(task == Task.MULTI_CLASS ? picked(truth, rows) : new int[0])
                .map(of -> number[of])
                .toArray();
    double[][] ordered = new double[order.length][];
    boolean[][] shown = new boolean[task == Task.MULTI_LABEL ? order.length : 0][rows.length];
    for (int index = 0; index < order.length; index++) {
      double[] own = scores[order[index]];
      ordered[index] = IntStream.of(rows).mapToDouble(row -> own[row]).toArray();
      for (int i = 0; i < rows.length && task == Task.MULTI_LABEL; i++) {
        shown[index][i] = labels[order[index]][rows[i]];
      }
    }
    return new Predictions(
        task, like.classes, truths, shown, ordered, like.patient, like.patients, like.attributes);
  }

  private static int[] picked(int[] values, int[] rows) {
    return IntStream.of(rows).map(row -> values[row]).toArray();
  }

  private double[] logits(int row) {
    double[] logits = new double[scores.length];
    for (int index = 0; index < logits.length; index++) {
      logits[index] = Math.log(Math.max(SURE, scores[index][row]));
    }
    return logits;
  }

  private static double logit(double probability) {
    double inside = Math.max(SURE, Math.min(1 - SURE, probability));
    return Math.log(inside / (1 - inside));
  }
}
