package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every layout, from the user's path to the score, against the reference's own classes. */
class ZooParityTest {
  /** Sums of float32 in another order. */
  private static final float ROUNDING = 2e-5f;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai-half",
        "openai-nested",
        "openai-torchscript",
        "openai-resnet",
        "open-clip",
        "open-clip-text",
        "rclip",
        "biomedclip",
        "siglip",
        "medclip-swin",
        "medclip-resnet",
        "cxr-clip-swin",
        "cxr-clip-resnet",
        "chexzero",
        "pmc-clip",
        "keep",
        "unimed-clip",
        "biovil",
        "biovil-t",
        "conch"
      })
  void agreesWithTheReference(String name) {
    ZooCase expected = new ZooCase(name);
    try (DualEncoder encoder = Models.load(expected.folder().toString(), Compute.standard())) {
      PixelBatch pixels =
          PixelBatch.stack(ZooCase.images().stream().map(encoder.imageTransform()::apply).toList());
      int[][] ids =
          ZooCase.TEXTS.stream()
              .map(text -> encoder.tokenizer().encode(text).ids())
              .toArray(int[][]::new);

      assertPixels(pixels, expected);
      assertThat(ids).isDeepEqualTo(expected.ids());
      FloatMatrix images = encoder.encodeImages(pixels);
      FloatMatrix texts = encoder.encodeTexts(ids);
      assertThat(images.toArray())
          .containsExactly(expected.matrix("image_embeds").toArray(), within(ROUNDING));
      assertThat(texts.toArray())
          .containsExactly(expected.matrix("text_embeds").toArray(), within(ROUNDING));
      assertScores(encoder.score(), images, texts, expected.matrix("scores"));
    }
  }

  @Test
  void embedsImagesWithoutATextEncoder() {
    ZooCase expected = new ZooCase("dinov2");
    String folder = expected.folder().toString();
    try (VisionEncoder encoder = Models.loadVision(folder, Compute.standard(), Progress.NONE)) {
      PixelBatch pixels =
          PixelBatch.stack(ZooCase.images().stream().map(encoder.imageTransform()::apply).toList());

      assertThat(pixels.values()).containsExactly(expected.pixels().values(), within(1e-6f));
      assertThat(encoder.encodeImages(pixels).toArray())
          .containsExactly(expected.matrix("image_embeds").toArray(), within(ROUNDING));
      assertThat(encoder.architecture().orElseThrow().ignored())
          .containsExactly("embeddings.mask_token");
    }
    assertThatThrownBy(() -> Models.load(folder, Compute.standard()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no text encoder");
  }

  @Test
  void embedsImagesOfAModelWhoseTextsTakeALanguageModel() {
    ZooCase expected = new ZooCase("llm2clip");
    String folder = expected.folder().toString();
    try (VisionEncoder encoder = Models.loadVision(folder, Compute.standard(), Progress.NONE)) {
      PixelBatch pixels =
          PixelBatch.stack(ZooCase.images().stream().map(encoder.imageTransform()::apply).toList());

      assertThat(pixels.values()).containsExactly(expected.pixels().values(), within(1e-6f));
      assertThat(encoder.encodeImages(pixels).toArray())
          .containsExactly(expected.matrix("image_embeds").toArray(), within(ROUNDING));
      assertThat(encoder.architecture().orElseThrow().ignored())
          .containsExactly("logit_scale", "text_adapter.weight");
    }
    assertThatThrownBy(() -> Models.load(folder, Compute.standard()))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("LLM2CLIP", "language model", "no text encoder", "embed --images");
  }

  /** Equal to rounding; CheXzero's are resized as floats, and their unit is not 1 but its std. */
  private static void assertPixels(PixelBatch found, ZooCase expected) {
    float[] sample = expected.pixelSample();
    for (int i = 0; i < sample.length; i++) {
      assertThat(found.values()[i * expected.pixelStep()])
          .as("pixel %d", i)
          .isCloseTo(sample[i], within(1e-5f));
    }
  }

  private static void assertScores(
      ScoreFunction score, FloatMatrix images, FloatMatrix texts, FloatMatrix expected) {
    for (int image = 0; image < images.rows(); image++) {
      for (int text = 0; text < texts.rows(); text++) {
        double found = score.scale() * images.dot(image, texts, text) + score.bias();
        assertThat(found).isCloseTo(expected.row(image)[text], within(1e-4 * score.scale()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open-clip", "rclip"})
  void staysCloseInBfloat16(String name) {
    ZooCase expected = new ZooCase(name);
    Compute half = new Compute(2, DType.BFLOAT16, 0);
    try (DualEncoder encoder = Models.load(expected.folder().toString(), half)) {
      FloatMatrix images = encoder.encodeImages(expected.pixels());
      FloatMatrix texts = encoder.encodeTexts(expected.ids());
      for (FloatMatrix[] pair :
          List.of(
              new FloatMatrix[] {images, expected.matrix("image_embeds")},
              new FloatMatrix[] {texts, expected.matrix("text_embeds")})) {
        for (int row = 0; row < pair[0].rows(); row++) {
          assertThat(pair[0].dot(row, pair[1], row)).isGreaterThan(.999);
        }
      }
    }
  }
}
