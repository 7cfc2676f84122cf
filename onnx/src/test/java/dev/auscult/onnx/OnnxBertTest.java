package dev.auscult.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.model.DualEncoder;
import dev.auscult.model.DualEncoderContractTest;
import dev.auscult.model.ModelCheck;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** An attention mask, and weights in files beside the graphs. */
class OnnxBertTest extends DualEncoderContractTest {
  private static final float ROUNDING = 2e-5f;
  private static final OnnxFixture BERT = OnnxFixture.BERT;

  @Override
  protected DualEncoder open() {
    return BERT.open();
  }

  @Test
  void embedsAsTheReference() {
    assertThat(encoder().encodeImages(BERT.pixels()).toArray())
        .containsExactly(BERT.matrix("image_embeds").toArray(), within(ROUNDING));
    assertThat(encoder().encodeTexts(BERT.ids()).toArray())
        .containsExactly(BERT.matrix("text_embeds").toArray(), within(ROUNDING));
  }

  @Test
  void passesTheChecksOfAnyModel() {
    assertThat(ModelCheck.of(encoder())).allMatch(ModelCheck.Finding::passed);
  }

  @Test
  void hidesTokensAsTheReference() {
    int[][] ids = BERT.ids();
    boolean[][] hidden = new boolean[ids.length][];
    for (int text = 0; text < ids.length; text++) {
      hidden[text] = new boolean[ids[text].length];
      for (int i = 1; i < ids[text].length; i += 2) {
        hidden[text][i] = true;
      }
    }
    int[] pooled = Arrays.stream(ids).mapToInt(encoder()::pooledPosition).toArray();

    assertThat(encoder().encodeTexts(ids, pooled, hidden).toArray())
        .containsExactly(BERT.matrix("hidden_embeds").toArray(), within(ROUNDING));
  }
}
