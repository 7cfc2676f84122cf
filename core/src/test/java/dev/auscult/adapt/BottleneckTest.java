package dev.auscult.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.adapt.Bottleneck.OuterActivation;
import dev.auscult.tensor.FloatMatrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BottleneckTest {

  @Test
  void blendsWhatItMakesWithWhatItIsGiven() {
    Bottleneck adapter =
        new Bottleneck(
            new FloatMatrix(1, 2, new float[] {1, -1}),
            new FloatMatrix(1, 2, new float[] {1, 2}),
            .2,
            OuterActivation.NONE);

    FloatMatrix blended = adapter.blend(new FloatMatrix(1, 2, new float[] {.6f, .2f}));

    assertThat(blended.toArray()).containsExactly(new float[] {.56f, .32f}, within(1e-7f));
  }

  /** No bias: twice the input is twice the output. */
  @Test
  void isPositivelyHomogeneous() {
    BottleneckLayer layer = layer(OuterActivation.RELU);
    FloatMatrix rows = Rows.matrix(random(5, 6, 3), 6);
    float[] twice = rows.toArray();
    for (int k = 0; k < twice.length; k++) {
      twice[k] *= 2;
    }

    float[] once = layer.toBottleneck().blend(rows).toArray();
    float[] ofTwice = layer.toBottleneck().blend(new FloatMatrix(5, 6, twice)).toArray();

    for (int k = 0; k < once.length; k++) {
      assertThat(ofTwice[k]).isEqualTo(2 * once[k]);
    }
  }

  /** Central differences of a linear function of the output; float32 limits what they can show. */
  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    for (OuterActivation outer : OuterActivation.values()) {
      BottleneckLayer layer = layer(outer);
      float[][] input = random(5, 6, 11);
      float[][] weights = random(5, 6, 12);
      float[][] byInput = new float[5][6];
      layer.forward(input, 5);
      layer.backward(input, weights, 5, byInput);

      requireGradient(layer, input, weights, layer.down, layer.downGradient.clone());
      requireGradient(layer, input, weights, layer.up, layer.upGradient.clone());
      requireGradient(layer, input, weights, layer.ratioLogit, layer.ratioGradient.clone());
      requireGradient(layer, input, weights, input, byInput);
    }
  }

  private static void requireGradient(
      BottleneckLayer layer,
      float[][] input,
      float[][] weights,
      float[][] parameter,
      float[][] gradient) {
    float step = 2e-3f;
    for (int i = 0; i < parameter.length; i++) {
      for (int k = 0; k < parameter[i].length; k++) {
        float at = parameter[i][k];
        parameter[i][k] = at + step;
        double above = weighted(layer.forward(input, 5), weights);
        parameter[i][k] = at - step;
        double below = weighted(layer.forward(input, 5), weights);
        parameter[i][k] = at;
        assertThat((double) gradient[i][k])
            .as("%d %d", i, k)
            .isCloseTo((above - below) / (2 * step), within(2e-3));
      }
    }
  }

  private static double weighted(float[][] rows, float[][] weights) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      for (int k = 0; k < weights[i].length; k++) {
        sum += (double) rows[i][k] * weights[i][k];
      }
    }
    return sum;
  }

  private static BottleneckLayer layer(OuterActivation outer) {
    return new BottleneckLayer(random(3, 6, 1), random(3, 6, 2), .3, true, outer, 5);
  }

  private static float[][] random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int k = 0; k < columns; k++) {
        row[k] = (float) (2 * random.nextDouble() - 1);
      }
    }
    return values;
  }
}
