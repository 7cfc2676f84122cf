package dev.auscult.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.model.DualEncoder;
import dev.auscult.model.DualEncoderContractTest;
import dev.auscult.tensor.FloatMatrix;
import org.junit.jupiter.api.Test;

/** Dynamic quantisation, whose scales depend on all values of a batch. */
class OnnxInt8Test extends DualEncoderContractTest {
  private static final OnnxFixture CLIP = OnnxFixture.CLIP;

  @Override
  protected DualEncoder open() {
    return CLIP.open("int8.auscult-onnx.json");
  }

  /** Eight bits over random weights of width 24; docs/onnx.md has a full-size model. */
  @Test
  void staysCloseToFloat32ButIsNotTheSame() {
    FloatMatrix images = encoder().encodeImages(CLIP.pixels());
    FloatMatrix texts = encoder().encodeTexts(CLIP.ids());
    double largest = 0;
    for (int row = 0; row < images.rows(); row++) {
      double cosine = images.dot(row, CLIP.matrix("image_embeds"), row);
      assertThat(cosine).isGreaterThan(.99);
      largest = Math.max(largest, 1 - cosine);
      assertThat(texts.dot(row, CLIP.matrix("text_embeds"), row)).isGreaterThan(.99);
    }
    assertThat(largest).isGreaterThan(1e-6);
  }

  @Test
  void saysThatItIsQuantised() {
    assertThat(encoder().identity().family()).contains(" in ONNX, dynamic int8 (ONNX Runtime ");
    try (DualEncoder full = CLIP.open()) {
      assertThat(full.identity().weights()).isNotEqualTo(encoder().identity().weights());
    }
  }

  /** What a batch mate does to a network that is asked directly is what the encoder prevents. */
  @Test
  void embedsWithoutRegardToBatchMatesToTheLastBit() {
    FloatMatrix together = encoder().encodeTexts(CLIP.ids());

    for (int row = 0; row < together.rows(); row++) {
      assertThat(encoder().encodeTexts(new int[][] {CLIP.ids()[row]}).row(0))
          .containsExactly(together.row(row));
    }
  }
}
