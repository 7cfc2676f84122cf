package dev.auscult.balance;

import dev.auscult.balance.EncoderPasses.Pass;
import dev.auscult.model.DualEncoder;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;

/**
 * Masked texts, each text's with its own alone: what is remembered of a text from earlier samples
 * then never changes the batches of another.
 */
record MaskedTexts(DualEncoder encoder) implements EncoderPasses.Inputs<MaskableText> {
  private static final int MOST_TEXTS = 512;

  @Override
  public int players(MaskableText text) {
    return text.players();
  }

  @Override
  public int length(Pass<MaskableText> pass) {
    return pass.input().length();
  }

  @Override
  public boolean together(Pass<MaskableText> first, Pass<MaskableText> other) {
    return first.input() == other.input();
  }

  @Override
  public int most(Pass<MaskableText> first) {
    return MOST_TEXTS;
  }

  @Override
  public FloatMatrix encode(List<Pass<MaskableText>> passes) {
    int[][] ids =
        passes.stream().map(pass -> pass.input().ids(pass.present())).toArray(int[][]::new);
    int[] pooled = passes.stream().mapToInt(pass -> pass.input().pooled()).toArray();
    return passes.get(0).input().hides()
        ? encoder.encodeTexts(
            ids,
            pooled,
            passes.stream()
                .map(pass -> pass.input().hidden(pass.present()))
                .toArray(boolean[][]::new))
        : encoder.encodeTexts(ids, pooled);
  }
}
