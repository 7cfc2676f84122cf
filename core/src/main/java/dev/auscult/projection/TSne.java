package dev.auscult.projection;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * t-distributed stochastic neighbour embedding (van der Maaten and Hinton 2008), over all pairs of
 * points, beginning from their principal components (Kobak and Berens 2019), with the learning rate
 * of Belkina and others (2019).
 *
 * @param perplexity effective number of neighbours; no more than (n - 1) / 3 are taken, and a note
 *     says so
 * @param exaggeration of the attraction in the first quarter of the iterations
 * @param iterations of gradient descent
 */
public record TSne(double perplexity, double exaggeration, int iterations) {
  /** The defaults of scikit-learn: perplexity 30, early exaggeration 12, 1,000 iterations. */
  public static final TSne STANDARD = new TSne(30, 12, 1000);

  private static final int EXAGGERATED_SHARE = 4;
  private static final double FIRST_MOMENTUM = .5;
  private static final double FINAL_MOMENTUM = .8;
  private static final double LEAST_LEARNING_RATE = 50;
  private static final double LEAST_GAIN = .01;

  /** Standard deviation of the first coordinate of the places to begin from. */
  private static final double FIRST_SPREAD = 1e-4;

  /** Checks the numbers. */
  public TSne {
    if (!(perplexity >= 1 && exaggeration >= 1 && iterations >= EXAGGERATED_SHARE)) {
      throw new IllegalArgumentException(
          "perplexity %s, exaggeration %s, %d iterations"
              .formatted(perplexity, exaggeration, iterations));
    }
  }

  /**
   * Maps points.
   *
   * @param rows {@code [n][d]}
   * @param seed of the places to begin from where all points are one; nothing else is drawn
   * @param threads how many to use; the map does not depend on it
   * @throws IllegalArgumentException if a number is not finite, rows differ in length or are fewer
   *     than {@value PlanarMap#FEWEST}
   * @throws dev.auscult.base.InterruptedRunException if the user asks to stop
   */
  public PlanarMap map(double[][] rows, Seed seed, int threads, Progress progress) {
    Points.checkEnough(rows);
    double taken = Math.min(perplexity, (rows.length - 1) / 3.0);
    List<String> notes = new ArrayList<>();
    if (taken < perplexity) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Perplexity %.1f instead of %.1f: there are only %d points.",
              taken,
              perplexity,
              rows.length));
    }
    try (Workers workers = new Workers(threads);
        Progress.Task task = progress.begin("t-SNE", iterations)) {
      double[][] squares = Points.squaredDistances(rows, workers);
      TSneObjective objective =
          new TSneObjective(JointProbabilities.of(squares, taken, workers), workers);
      return new PlanarMap(descend(objective, beginning(rows, seed), task), notes);
    }
  }

  private static double[][] beginning(double[][] rows, Seed seed) {
    double[][] places = PrincipalComponents.of(rows, 2).scores();
    double squares = 0;
    for (double[] place : places) {
      squares += place[0] * place[0];
    }
    double scale = FIRST_SPREAD / Math.sqrt(squares / rows.length);
    SplittableRandom random = seed.derive("t-SNE").random();
    for (double[] place : places) {
      for (int k = 0; k < 2; k++) {
        place[k] =
            Double.isFinite(scale) ? scale * place[k] : FIRST_SPREAD * random.nextDouble(-1, 1);
      }
    }
    return places;
  }

  private double[][] descend(TSneObjective objective, double[][] places, Progress.Task task) {
    int n = places.length;
    double[][] gradient = new double[n][2];
    double[][] step = new double[n][2];
    double[][] gain = new double[n][2];
    double rate = Math.max(n / exaggeration / 4, LEAST_LEARNING_RATE);
    for (int iteration = 0; iteration < iterations; iteration++) {
      boolean exaggerated = iteration < iterations / EXAGGERATED_SHARE;
      if (iteration == 0 || iteration == iterations / EXAGGERATED_SHARE) {
        reset(step, 0);
        reset(gain, 1);
      }
      objective.gradient(places, exaggerated ? exaggeration : 1, gradient);
      double momentum = exaggerated ? FIRST_MOMENTUM : FINAL_MOMENTUM;
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < 2; k++) {
          boolean onward = step[i][k] * gradient[i][k] < 0;
          gain[i][k] = Math.max(onward ? gain[i][k] + .2 : gain[i][k] * .8, LEAST_GAIN);
          step[i][k] = momentum * step[i][k] - rate * gain[i][k] * gradient[i][k];
          places[i][k] += step[i][k];
        }
      }
      task.advance(1);
    }
    return places;
  }

  private static void reset(double[][] rows, double value) {
    for (double[] row : rows) {
      Arrays.fill(row, value);
    }
  }
}
