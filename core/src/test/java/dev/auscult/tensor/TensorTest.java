package dev.auscult.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorTest {

  @Test
  void valuesSurviveTheWayToTheEngineAndBack() {
    try (Scope scope = Scope.open()) {
      Tensor tensor = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

      assertThat(tensor.transpose(0, 1).toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
      assertThat(tensor.toMatrix().get(1, 0)).isEqualTo(4);
      assertThat(tensor.shape()).containsExactly(2, 3);
    }
  }

  @Test
  void tensorsMayHoldNothing() {
    try (Scope scope = Scope.open()) {
      assertThat(Tensor.of(new float[0], 2, 0).toFloats()).isEmpty();
      assertThat(Tensor.of(new double[0], 0).toDoubles()).isEmpty();
      assertThat(Tensor.of(new long[0], 0, 3).toLongs()).isEmpty();
      assertThat(Tensor.of(new long[0], 0, 3).shape()).containsExactly(0, 3);
    }
  }

  @Test
  void aTensorThatIsKeptOutlivesItsScope() {
    Tensor kept;
    try (Scope outer = Scope.open()) {
      Tensor inner;
      try (Scope scope = Scope.open()) {
        inner = scope.keep(Tensor.of(new float[] {1, 2}, 2).multiply(2));
      }
      assertThat(inner.toFloats()).containsExactly(2, 4);
      kept = outer.keep(inner);
    }
    assertThat(kept.toFloats()).containsExactly(2, 4);
    kept.close();
  }

  @Test
  void gradientsFollowTheChainRule() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new double[] {1, -2, 3}, 3).requireGradient();

      x.multiply(x).sum().backward();

      assertThat(x.gradient().toDoubles()).containsExactly(2, -4, 6);
      x.clearGradient();
      assertThat(x.hasGradient()).isFalse();
    }
  }

  @Test
  void nothingIsRecordedInAnInferenceScope() {
    try (Scope outer = Scope.open()) {
      Tensor x = Tensor.of(new double[] {1}, 1).requireGradient();
      try (Scope scope = Scope.inference()) {
        assertThat(x.multiply(3).requiresGradient()).isFalse();
      }
      assertThat(x.multiply(3).requiresGradient()).isTrue();
    }
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> Tensor.of(new float[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 values do not fill [2, 3]");
  }

  @Test
  void attentionIsTheSameInBothForms() {
    try (Scope scope = Scope.inference()) {
      float[] values = new float[2 * 3 * 5 * 4];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) Math.sin(i);
      }
      Tensor q = Tensor.of(values, 2, 3, 5, 4);
      Tensor k = q.multiply(.7);
      Tensor v = q.add(1);
      Tensor fused = Functions.attention(q, k, v, Functions.causalMask(5, DType.FLOAT32));
      Tensor plain =
          Functions.attention(
              q.to(DType.BFLOAT16),
              k.to(DType.BFLOAT16),
              v.to(DType.BFLOAT16),
              Functions.causalMask(5, DType.BFLOAT16));

      assertThat(plain.toFloats())
          .usingComparatorWithPrecision(.02f)
          .containsExactly(fused.toFloats());
      assertThat(fused.narrow(2, 0, 1).toFloats())
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(v.narrow(2, 0, 1).toFloats());
    }
  }

  @Test
  void aMappedFileStaysMappedWhileATensorViewsIt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("weights");
    ByteBuffer bytes = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 1024; i++) {
      bytes.putFloat(4 * i, i);
    }
    Files.write(file, bytes.array());
    long before = MappedMemory.inUse();
    Tensor view;
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, 4096);
      view =
          Tensor.unscoped(
              () -> Tensor.mapped(mapped.slice(400, 400), DType.FLOAT32, 100).reshape(10, 10));
    }
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.onSpinWait();
    }

    try (Scope scope = Scope.inference()) {
      assertThat(view.narrow(0, 9, 1).toFloats()[9]).isEqualTo(199);
    }
    assertThat(MappedMemory.inUse()).isEqualTo(before + 1);
    view.close();
    assertThat(MappedMemory.inUse()).isEqualTo(before);
  }

  @Test
  void aChainOfStepsFreesWhatEachHasUsed() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(12, 7);
    long before = MappedMemory.inUse();
    try (Scope scope = Scope.inference()) {
      Tensor input = Tensor.full(1, 4);
      Tensor result =
          Scope.through(
              input,
              List.of(
                  first -> Tensor.mapped(bytes.duplicate(), DType.FLOAT32, 4),
                  mapped -> mapped.add(1),
                  sum -> {
                    assertThat(MappedMemory.inUse()).isEqualTo(before);
                    return sum.multiply(2);
                  }));

      assertThat(result.toFloats()).containsExactly(2, 2, 2, 16);
      assertThat(input.toFloats()).containsExactly(1, 1, 1, 1);
      assertThat(Scope.through(input, List.of())).isSameAs(input);
    }
  }

  @Test
  void aChainOfStepsKeepsWhatAGradientNeeds() {
    Tensor leaf = Tensor.unscoped(() -> Tensor.full(3, 1)).requireGradient();
    try (Scope scope = Scope.open()) {
      Scope.through(leaf, List.of(x -> x.multiply(x), x -> x.multiply(x), Tensor::sum)).backward();
      assertThat(leaf.gradient().item()).isEqualTo(4 * 27);
    }
    leaf.close();
  }

  @Test
  void viewsMappedBytesInStepsOfItsStrides() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(24).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 6; i++) {
      bytes.putFloat(4 * i, i);
    }

    try (Scope scope = Scope.inference()) {
      Tensor turned = Tensor.mapped(bytes, DType.FLOAT32, new long[] {3, 2}, new long[] {1, 3});

      assertThat(turned.toFloats()).containsExactly(0, 3, 1, 4, 2, 5);
      assertThat(turned.transpose(0, 1).toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
    }
  }

  @Test
  void refusesMappedBytesThatItsStridesLeaveOrDoNotFill() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(24);

    for (long[] strides :
        new long[][] {{1, 4}, {1, 2}, {-1, 3}, {3}, {Long.MAX_VALUE / 2, Long.MAX_VALUE / 2}}) {
      assertThatThrownBy(() -> Tensor.mapped(bytes, DType.FLOAT32, new long[] {3, 2}, strides))
          .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class);
    }
  }

  /** The smallest activation of a step takes 8 KB: losing one a step would add 80 MB. */
  @Test
  void tenThousandAdapterStepsDoNotLeak() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-Dorg.bytedeco.javacpp.maxbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                AdapterSteps.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String grown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(Long.parseLong(grown.strip())).isLessThan(20L << 20);
  }

  @Test
  void causalMaskForbidsTheFuture() {
    try (Scope scope = Scope.inference()) {
      assertThat(Functions.causalMask(2, DType.FLOAT32).toFloats())
          .containsExactly(0, Float.NEGATIVE_INFINITY, 0, 0);
    }
  }

  @Test
  void crossEntropyOfEqualLogitsIsTheLogarithmOfTheirNumber() {
    try (Scope scope = Scope.inference()) {
      assertThat(
              Functions.crossEntropy(Tensor.zeros(3, 4), Tensor.of(new long[] {0, 1, 2}, 3)).item())
          .isCloseTo(Math.log(4), within(1e-6));
    }
  }
}
