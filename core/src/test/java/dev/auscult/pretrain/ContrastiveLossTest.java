package dev.auscult.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContrastiveLossTest {
  private static final double FLOAT = 2e-6; // float32 sums of a dozen terms up to 10

  private static final float[] IMAGES = {1, 0, 0, 1, .6f, .8f};
  private static final float[] TEXTS = {.8f, .6f, 0, 1, 1, 0};

  @ParameterizedTest
  @CsvSource({"10, 1.9838475087", "1, .9968140385"})
  void givesTheKnownValuesOfASmallCase(double scale, double expected) {
    try (Scope scope = Scope.inference()) {
      Tensor loss =
          ContrastiveLoss.symmetric(Tensor.of(IMAGES, 3, 2), Tensor.of(TEXTS, 3, 2), log(scale));

      assertThat(loss.item()).isCloseTo(expected, within(FLOAT));
    }
  }

  @Test
  void addsHardNegativesToTheImagesChoicesOnly() {
    double scale = 3;
    float[] negative = {.6f, -.8f};
    double[][] cosines = {{.8, 0, 1, .6}, {.6, 1, 0, -.8}, {.96, .8, .6, -.28}};
    double expected = 0;
    for (int i = 0; i < 3; i++) {
      double overTexts = 0;
      for (int j = 0; j < 4; j++) {
        overTexts += Math.exp(scale * cosines[i][j]);
      }
      double overImages = 0;
      for (int j = 0; j < 3; j++) {
        overImages += Math.exp(scale * cosines[j][i]);
      }
      expected += (Math.log(overTexts) + Math.log(overImages)) / 6 - scale * cosines[i][i] / 3;
    }
    try (Scope scope = Scope.inference()) {
      Tensor loss =
          ContrastiveLoss.withHardNegatives(
              Tensor.of(IMAGES, 3, 2),
              Tensor.of(TEXTS, 3, 2),
              Tensor.of(negative, 1, 2),
              log(scale));

      assertThat(loss.item()).isCloseTo(expected, within(FLOAT));
    }
  }

  private static Tensor log(double scale) {
    return Tensor.full(Math.log(scale));
  }
}
