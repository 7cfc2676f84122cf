package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Against transformers' CLIPModel in float32. The tolerance of 2e-5 on unit vectors is some hundred
 * roundings of float32: the two sum in different orders.
 */
class ClipParityTest {
  static final List<String> CASES = ClipFixture.NAMES;

  @ParameterizedTest
  @FieldSource("CASES")
  void embedsImagesAsTheReference(String name) {
    ClipFixture fixture = new ClipFixture(name);
    try (Parameters parameters = fixture.parameters(DType.FLOAT32)) {
      FloatMatrix images =
          ClipModel.of(fixture.config(), parameters).encodeImages(fixture.pixels());

      assertClose(images, fixture.matrix("image_embeds"), 2e-5);
    }
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void embedsTextsAsTheReferencePaddedOrNot(String name) {
    ClipFixture fixture = new ClipFixture(name);
    try (Parameters parameters = fixture.parameters(DType.FLOAT32)) {
      ClipModel model = ClipModel.of(fixture.config(), parameters);
      FloatMatrix expected = fixture.matrix("text_embeds");

      assertClose(model.encodeTexts(fixture.ids(), fixture.pooled()), expected, 2e-5);
      assertClose(model.encodeTexts(fixture.paddedIds(), fixture.pooled()), expected, 2e-5);
    }
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void findsTheEndWhereTheReferenceDoes(String name) {
    ClipFixture fixture = new ClipFixture(name);
    ClipConfig.Text text = fixture.config().text();

    int[] found = Arrays.stream(fixture.ids()).mapToInt(text::pooledPosition).toArray();
    int[] inPadded = Arrays.stream(fixture.paddedIds()).mapToInt(text::pooledPosition).toArray();

    assertThat(found).containsExactly(fixture.pooled());
    assertThat(inPadded).containsExactly(fixture.pooled());
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void scoresPairsAsTheReference(String name) {
    ClipFixture fixture = new ClipFixture(name);
    try (Parameters parameters = fixture.parameters(DType.FLOAT32)) {
      ClipModel model = ClipModel.of(fixture.config(), parameters);
      FloatMatrix images = model.encodeImages(fixture.pixels());
      FloatMatrix texts = model.encodeTexts(fixture.ids(), fixture.pooled());
      FloatMatrix expected = fixture.matrix("logits_per_image");
      double scale = Math.exp(model.logitScale().item());

      for (int i = 0; i < expected.rows(); i++) {
        for (int j = 0; j < expected.columns(); j++) {
          double logit = scale * images.dot(i, texts, j);
          assertThat(logit).isCloseTo(expected.get(i, j), within(1e-4 * scale));
        }
      }
    }
  }

  /** bfloat16 keeps 8 bits: a relative error of 2^-9 per operation over some thirty operations. */
  @ParameterizedTest
  @FieldSource("CASES")
  void staysCloseInBfloat16(String name) {
    ClipFixture fixture = new ClipFixture(name);
    try (Parameters parameters = fixture.parameters(DType.BFLOAT16)) {
      ClipModel model = ClipModel.of(fixture.config(), parameters);

      assertCosine(model.encodeImages(fixture.pixels()), fixture.matrix("image_embeds"), .999);
      assertCosine(
          model.encodeTexts(fixture.ids(), fixture.pooled()), fixture.matrix("text_embeds"), .999);
    }
  }

  private static void assertCosine(FloatMatrix actual, FloatMatrix expected, double least) {
    for (int row = 0; row < expected.rows(); row++) {
      assertThat(actual.dot(row, expected, row)).isGreaterThan(least);
    }
  }

  private static void assertClose(FloatMatrix actual, FloatMatrix expected, double tolerance) {
    assertThat(actual.rows()).isEqualTo(expected.rows());
    assertThat(actual.toArray()).containsExactly(expected.toArray(), within((float) tolerance));
  }
}
