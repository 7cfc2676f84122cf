package dev.auscult.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FunctionsTest {
  private final Scope scope = Scope.inference();

  @AfterEach
  void close() {
    scope.close();
  }

  /** {@code [1, 1, 4, 4]}: the numbers 1 to 16, row by row. */
  private static Tensor numbers() {
    float[] values = new float[16];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + 1;
    }
    return Tensor.of(values, 1, 1, 4, 4);
  }

  @Test
  void convolutionSumsAroundEachPixelOfTheStride() {
    Tensor ones = Tensor.full(1, 1, 1, 3, 3);

    Tensor sums = Functions.conv2d(numbers(), ones, Tensor.full(100, 1), 2, 1);

    assertThat(sums.shape()).containsExactly(1, 1, 2, 2);
    assertThat(sums.toFloats())
        .containsExactly(
            100 + 1 + 2 + 5 + 6,
            100 + 2 + 3 + 4 + 6 + 7 + 8,
            100 + 5 + 6 + 9 + 10 + 13 + 14,
            100 + 6 + 7 + 8 + 10 + 11 + 12 + 14 + 15 + 16);
  }

  @Test
  void convolutionWithoutPaddingStaysInside() {
    Tensor ones = Tensor.full(1, 1, 1, 2, 2);

    assertThat(Functions.conv2d(numbers(), ones, null, 2, 0).toFloats())
        .containsExactly(14, 22, 46, 54);
  }

  @Test
  void maximumPoolingIgnoresThePadding() {
    Tensor negative = numbers().multiply(-1);

    assertThat(Functions.maxPool2d(negative, 3, 2, 1).toFloats()).containsExactly(-1, -2, -5, -6);
  }

  @Test
  void averagePoolingLeavesOutWhatFillsNoWindow() {
    assertThat(Functions.averagePool2d(numbers(), 2).toFloats())
        .containsExactly(3.5f, 5.5f, 11.5f, 13.5f);
    assertThat(Functions.averagePool2d(numbers(), 3).toFloats()).containsExactly(6);
  }

  @Test
  void channelsLastChangesTheOrderInMemoryOnly() {
    Tensor image = numbers().reshape(1, 4, 2, 2);

    Tensor reordered = Functions.channelsLast(image);

    assertThat(reordered.shape()).containsExactly(1, 4, 2, 2);
    assertThat(reordered.toFloats()).containsExactly(image.toFloats());
    assertThat(Functions.relu(reordered).permute(0, 2, 3, 1).contiguous().toFloats())
        .containsExactly(image.permute(0, 2, 3, 1).contiguous().toFloats());
  }

  @Test
  void squareRootUndoesTheSquare() {
    assertThat(numbers().multiply(numbers()).sqrt().toFloats())
        .containsExactly(numbers().toFloats());
  }
}
