package dev.auscult.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SemanticMatchingLossTest {
  private static final double DOUBLE = 1e-12; // float64 sums of a dozen terms up to 10

  @Test
  void givesTheKnownValueOfASmallCase() {
    try (Scope scope = Scope.inference()) {
      Tensor loss =
          SemanticMatchingLoss.ofLogits(
              Tensor.of(new double[] {10, 0, 6, 8}, 2, 2),
              Tensor.of(new double[] {1, 1, 0, 1}, 2, 2));

      assertThat(loss.item()).isCloseTo(2.6897768181, within(5e-11));
    }
  }

  @Test
  void isTheContrastiveLossWhereOnlyPairsAreAlike() {
    double[] images = {1, 0, 0, 1, .6, .8};
    double[] texts = {.8, .6, 0, 1, 1, 0};
    double[] pairs = {900, 0, 0, 0, 900, 0, 0, 0, 900};
    try (Scope scope = Scope.inference()) {
      Tensor logScale = Tensor.of(new double[] {Math.log(10)});
      Tensor loss =
          SemanticMatchingLoss.of(
              Tensor.of(images, 3, 2), Tensor.of(texts, 3, 2), logScale, Tensor.of(pairs, 3, 3));

      assertThat(loss.item()).isCloseTo(1.9838475087, within(5e-11));
    }
  }

  @Test
  void isLeastWhereTheLogitsAreTheSimilarities() {
    double[] similarity = random(12, 2);
    try (Scope scope = Scope.open()) {
      Tensor logits = Tensor.of(similarity, 4, 3).requireGradient();

      SemanticMatchingLoss.ofLogits(logits, Tensor.of(similarity, 4, 3)).backward();

      assertThat(logits.gradient().toDoubles()).containsExactly(new double[12], within(DOUBLE));
    }
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    double[] images = random(4 * 3, 1);
    double[] texts = random(5 * 3, 1);
    double[] scale = {.4};
    requireGradient(images, 0, images, texts, scale);
    requireGradient(texts, 1, images, texts, scale);
    requireGradient(scale, 2, images, texts, scale);
  }

  /** Of the given input, which is one of the others and changed in place. */
  private static void requireGradient(double[] of, int which, double[]... inputs) {
    double[] gradient = new double[of.length];
    loss(inputs, which, gradient);
    double step = 1e-6;
    for (int i = 0; i < of.length; i++) {
      double at = of[i];
      of[i] = at + step;
      double above = loss(inputs, which, new double[of.length]);
      of[i] = at - step;
      double below = loss(inputs, which, new double[of.length]);
      of[i] = at;
      assertThat(gradient[i])
          .as("input %d, entry %d", which, i)
          .isCloseTo((above - below) / (2 * step), within(1e-8));
    }
  }

  private static double loss(double[][] inputs, int which, double[] gradient) {
    double[] similarity = random(20, 2);
    try (Scope scope = Scope.open()) {
      Tensor[] leaves = {
        Tensor.of(inputs[0], 4, 3), Tensor.of(inputs[1], 5, 3), Tensor.of(inputs[2])
      };
      leaves[which].requireGradient();
      Tensor loss =
          SemanticMatchingLoss.of(leaves[0], leaves[1], leaves[2], Tensor.of(similarity, 4, 5));
      loss.backward();
      double[] found = leaves[which].gradient().toDoubles();
      System.arraycopy(found, 0, gradient, 0, found.length);
      return loss.item();
    }
  }

  private static double[] random(int count, double largest) {
    double[] values = new SplittableRandom(count).doubles(count, 0, largest).toArray();
    return Arrays.copyOf(values, count);
  }
}
