package dev.auscult.data.phantom;

import java.util.List;

/**
 * Which absent class a presence question asks for, so that the class asked for says nothing about
 * the answer: over all phantoms, absent classes are asked for as often as present ones.
 *
 * <p>Found by proportional fitting: a joint distribution of shown and asked classes with a zero
 * diagonal whose both margins are the distribution of the classes (Sinkhorn 1967). It exists while
 * no class has more than half of the phantoms.
 */
final class FoilTable {
  private static final List<FindingClass> CLASSES = List.of(FindingClass.values());

  /** For phantoms in which all findings are equally frequent. */
  static final FoilTable UNIFORM_FINDINGS = new FoilTable(classFrequencies());

  private static final int ROUNDS = 400;

  private final double[][] joint;

  private FoilTable(double[] frequency) {
    int n = frequency.length;
    joint = new double[n][n];
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        joint[row][column] = row == column ? 0 : frequency[row] * frequency[column];
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < n; i++) {
        scaleRow(i, frequency[i]);
      }
      for (int i = 0; i < n; i++) {
        scaleColumn(i, frequency[i]);
      }
    }
  }

  private static double[] classFrequencies() {
    double[] frequency = new double[CLASSES.size()];
    for (Finding finding : Finding.values()) {
      frequency[CLASSES.indexOf(finding.findingClass())] += 1.0 / Finding.values().length;
    }
    return frequency;
  }

  private void scaleRow(int row, double target) {
    double sum = 0;
    for (double value : joint[row]) {
      sum += value;
    }
    for (int column = 0; column < joint.length; column++) {
      joint[row][column] *= target / sum;
    }
  }

  private void scaleColumn(int column, double target) {
    double sum = 0;
    for (double[] row : joint) {
      sum += row[column];
    }
    for (double[] row : joint) {
      row[column] *= target / sum;
    }
  }

  /** An absent class to ask for when {@code shown} is present. */
  FindingClass foil(FindingClass shown, Draw draw) {
    double[] row = joint[CLASSES.indexOf(shown)];
    double sum = 0;
    for (double value : row) {
      sum += value;
    }
    double at = draw.unit() * sum;
    int last = CLASSES.indexOf(shown) == 0 ? 1 : 0;
    for (int i = 0; i < row.length; i++) {
      if (row[i] > 0) {
        last = i;
        at -= row[i];
        if (at < 0) {
          break;
        }
      }
    }
    return CLASSES.get(last);
  }
}
