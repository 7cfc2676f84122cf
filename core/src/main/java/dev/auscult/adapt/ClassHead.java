package dev.auscult.adapt;

import dev.auscult.data.LabelMode;
import dev.auscult.tensor.FloatMatrix;

/** An adapter that scores the classes it was trained on, and leaves embeddings as they are. */
public sealed interface ClassHead extends Adapter permits LinearHead, CacheHead {

  /**
   * Scores of images: of exclusive labels their softmax are the probabilities; otherwise they are
   * log-odds.
   *
   * @param images unit rows {@code [n, d]}
   * @return {@code [n, combinations]}
   */
  FloatMatrix scores(FloatMatrix images);

  @Override
  default FloatMatrix scores(
      FloatMatrix images, ClassTexts texts, LabelMode mode, double logitScale) {
    return scores(images);
  }
}
