package dev.auscult.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.InputException;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.DualEncoderContractTest;
import dev.auscult.model.Models;
import dev.auscult.model.PatchGrid;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OnnxClipTest extends DualEncoderContractTest {
  /** Sums of float32 in another order. */
  private static final float ROUNDING = 2e-5f;

  private static final OnnxFixture CLIP = OnnxFixture.CLIP;

  /** The checkpoint that was exported. */
  private static final Path ORIGINAL =
      Path.of("../core/src/test/resources/dev/auscult/model/clip/complete");

  @Override
  protected DualEncoder open() {
    return CLIP.open();
  }

  @Test
  void embedsAsTheReference() {
    assertThat(encoder().encodeImages(CLIP.pixels()).toArray())
        .containsExactly(CLIP.matrix("image_embeds").toArray(), within(ROUNDING));
    assertThat(encoder().encodeTexts(CLIP.ids()).toArray())
        .containsExactly(CLIP.matrix("text_embeds").toArray(), within(ROUNDING));
  }

  @Test
  void isTheCheckpointItWasExportedFrom() {
    int[] masked = encoder().tokenizer().encode("no effusion").ids();
    int end = encoder().pooledPosition(masked);
    masked[1] = masked[end];
    int[][] ids = {masked};
    try (DualEncoder original = Models.load(ORIGINAL.toString(), Compute.standard())) {
      assertThat(encoder().logitScale()).isCloseTo(original.logitScale(), within(1e-5));
      assertThat(encoder().patchGrid()).isEqualTo(original.patchGrid());
      assertThat(encoder().tokenizer().hash()).isEqualTo(original.tokenizer().hash());
      assertThat(encoder().imageTransform()).isEqualTo(original.imageTransform());
      assertThat(encoder().pooledPosition(masked)).isEqualTo(original.pooledPosition(masked));
      assertThat(encoder().encodeTexts(ids, new int[] {end}).toArray())
          .containsExactly(original.encodeTexts(ids, new int[] {end}).toArray(), within(ROUNDING));
    }
  }

  @Test
  void saysWhatItIs() {
    assertThat(encoder().identity().family())
        .isEqualTo("CLIP ViT-2x24/4 in ONNX (%s)".formatted(encoder().engine()));
    assertThat(encoder().identity().name()).isEqualTo(CLIP.folder().toString());
    assertThat(encoder().patchGrid()).isEqualTo(new PatchGrid(16, 4));
    assertThat(encoder().engine()).matches("ONNX Runtime \\d+\\.\\d+.*");
    assertThat(encoder().hidesTokens()).isFalse();
    assertThat(encoder().architecture().orElseThrow().layout()).contains("auscult-onnx.json");
  }

  @Test
  void computesTheSameFiguresForAnyNumberOfThreads() {
    try (DualEncoder one =
        Models.load(CLIP.folder().toString(), new Compute(1, DType.FLOAT32, 0))) {
      assertThat(one.encodeImages(CLIP.pixels()).toArray())
          .containsExactly(encoder().encodeImages(CLIP.pixels()).toArray(), within(2e-6f));
    }
  }

  @Test
  void refusesAnElementTypeThatTheFileDoesNotHave() {
    assertThatThrownBy(
            () -> Models.load(CLIP.folder().toString(), new Compute(1, DType.BFLOAT16, 0)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected fp32");
  }

  /** Read at its first end token, which a mask that is the end token moves. */
  @Test
  void doesNotReadMaskedTextsElsewhereThanWholeOnes() {
    try (DualEncoder inside = CLIP.open("inside.auscult-onnx.json")) {
      int[] ids = inside.tokenizer().encode("no effusion").ids();
      int[] masked = ids.clone();
      int end = inside.pooledPosition(ids);
      masked[1] = ids[end];

      FloatMatrix whole = inside.encodeTexts(new int[][] {ids}, new int[] {end});

      assertThat(whole.toArray())
          .containsExactly(encoder().encodeTexts(new int[][] {ids}).toArray(), within(ROUNDING));
      assertThatThrownBy(() -> inside.encodeTexts(new int[][] {masked}, new int[] {end}))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("--text-mask id-zero");
    }
  }
}
