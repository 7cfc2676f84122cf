package dev.auscult.projection;

import java.util.Arrays;

/**
 * How far the neighbourhoods of a map are from those of the points: the Kullback-Leibler divergence
 * and its gradient (van der Maaten and Hinton 2008, equations 4 and 5), over all pairs.
 */
final class TSneObjective {
  private final double[][] probabilities;
  private final Workers workers;

  /** Per point: attraction (2), repulsion (2), sum of similarities. */
  private final double[][] forces;

  /**
   * @param probabilities joint ones of the points, {@code [n][n]}
   */
  TSneObjective(double[][] probabilities, Workers workers) {
    this.probabilities = probabilities;
    this.workers = workers;
    this.forces = new double[probabilities.length][5];
  }

  /**
   * The gradient at a map; {@code gradient} is overwritten.
   *
   * @param places {@code [n][2]}
   * @param exaggeration what the probabilities are multiplied with
   */
  void gradient(double[][] places, double exaggeration, double[][] gradient) {
    workers.each(places.length, i -> sum(places, i));
    double all = Arrays.stream(forces).mapToDouble(force -> force[4]).sum();
    for (int i = 0; i < places.length; i++) {
      gradient[i][0] = 4 * (exaggeration * forces[i][0] - forces[i][2] / all);
      gradient[i][1] = 4 * (exaggeration * forces[i][1] - forces[i][3] / all);
    }
  }

  private void sum(double[][] places, int i) {
    double x = places[i][0];
    double y = places[i][1];
    double[] probability = probabilities[i];
    double attractX = 0;
    double attractY = 0;
    double repelX = 0;
    double repelY = 0;
    double similarities = 0;
    for (int j = 0; j < places.length; j++) {
      double dx = x - places[j][0];
      double dy = y - places[j][1];
      double similarity = 1 / (1 + dx * dx + dy * dy);
      double attraction = probability[j] * similarity;
      double repulsion = similarity * similarity;
      attractX += attraction * dx;
      attractY += attraction * dy;
      repelX += repulsion * dx;
      repelY += repulsion * dy;
      similarities += similarity;
    }
    double[] force = forces[i];
    force[0] = attractX;
    force[1] = attractY;
    force[2] = repelX;
    force[3] = repelY;
    force[4] = similarities - 1;
  }

  /** The divergence in natural units at a map {@code [n][2]}. */
  double divergence(double[][] places) {
    workers.each(places.length, i -> sum(places, i));
    double all = Arrays.stream(forces).mapToDouble(force -> force[4]).sum();
    double[] rows = new double[places.length];
    workers.each(
        places.length,
        i -> {
          for (int j = 0; j < places.length; j++) {
            double p = probabilities[i][j];
            double dx = places[i][0] - places[j][0];
            double dy = places[i][1] - places[j][1];
            rows[i] += p > 0 ? p * Math.log(p * all * (1 + dx * dx + dy * dy)) : 0;
          }
        });
    return Arrays.stream(rows).sum();
  }
}
