package dev.auscult.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GatedUnitTest {
  private static final int DIMENSION = 5;
  private static final List<Integer> OUTCOMES = List.of(0, 2, 1, 1, 0, 2, 2);

  private static FloatMatrix normal(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[OUTCOMES.size() * DIMENSION];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new FloatMatrix(OUTCOMES.size(), DIMENSION, values);
  }

  private static List<float[][]> like(GatedUnit unit) {
    List<float[][]> gradients = new ArrayList<>();
    unit.parameters().forEach(m -> gradients.add(new float[m.length][m[0].length]));
    return gradients;
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    GatedUnit unit = GatedUnit.random(DIMENSION, DIMENSION, 4, 3, new Seed(11));
    PairBatch pairs = PairBatch.of(normal(1), normal(2));
    List<float[][]> gradients = like(unit);
    unit.loss(pairs, OUTCOMES, gradients);

    for (int k = 0; k < gradients.size(); k++) {
      float[][] matrix = unit.parameters().get(k);
      for (int i = 0; i < matrix.length; i++) {
        for (int j = 0; j < matrix[i].length; j++) {
          // Steps of 2^-8 around a float lose no digit that matters; the error is of order h^2.
          float at = matrix[i][j];
          float up = at + 0x1p-8f;
          float down = at - 0x1p-8f;
          matrix[i][j] = up;
          double above = unit.loss(pairs, OUTCOMES, like(unit));
          matrix[i][j] = down;
          double below = unit.loss(pairs, OUTCOMES, like(unit));
          matrix[i][j] = at;
          assertThat((double) gradients.get(k)[i][j])
              .as("matrix %d, %d, %d", k, i, j)
              .isCloseTo((above - below) / ((double) up - down), within(2e-5));
        }
      }
    }
  }

  /** A bias of -40 closes the gate to 4e-18. */
  @Test
  void aClosedGateGivesTheTextAlone() {
    GatedUnit unit = GatedUnit.random(DIMENSION, DIMENSION, 2, 2, new Seed(3));
    for (float[] row : unit.parameters().get(2)) {
      java.util.Arrays.fill(row, 0);
      row[row.length - 1] = -40;
    }
    FloatMatrix texts = normal(4);

    double[][] first = unit.logits(PairBatch.of(normal(5), texts));
    double[][] second = unit.logits(PairBatch.of(normal(6), texts));

    for (int c = 0; c < 2; c++) {
      for (int i = 0; i < OUTCOMES.size(); i++) {
        assertThat(first[c][i]).isCloseTo(second[c][i], within(1e-12));
      }
    }
  }
}
