package dev.auscult.pretrain;

import dev.auscult.base.Seed;
import dev.auscult.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Texts in an order of their own, whatever images they meet (Wang 2022, section 3.1). Each pass
 * over them draws every text once.
 */
final class TextsByLabel implements TextDraw {
  private final List<LabelledText> pool;
  private final LabelVectors vectors;
  private final Tokenizer tokenizer;
  private final Seed seed;

  private int[] order = {};
  private long orderOf = -1;

  /**
   * Texts of samples.
   *
   * @param pool at least one
   * @param seed of the order
   */
  TextsByLabel(List<LabelledText> pool, LabelVectors vectors, Tokenizer tokenizer, Seed seed) {
    this.pool = List.copyOf(pool);
    this.vectors = vectors;
    this.tokenizer = tokenizer;
    this.seed = seed;
  }

  @Override
  public BatchTexts draw(
      List<PairedSample> images, List<SplittableRandom> randoms, long batch, int size) {
    List<LabelledText> texts = new ArrayList<>();
    for (long place = batch * size; place < (batch + 1) * size; place++) {
      texts.add(at(place));
    }
    return new MatchedTexts(
        texts.stream().map(text -> tokenizer.encode(text.text()).ids()).toList(),
        vectors.rows(images.stream().map(PairedSample::findings).toList()),
        vectors.rows(texts.stream().map(LabelledText::findings).toList()));
  }

  private LabelledText at(long place) {
    long pass = place / pool.size();
    if (pass != orderOf) {
      order = Shuffle.order(pool.size(), seed.derive(pass));
      orderOf = pass;
    }
    return pool.get(order[(int) (place % pool.size())]);
  }
}
