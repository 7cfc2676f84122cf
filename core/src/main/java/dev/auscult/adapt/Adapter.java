package dev.auscult.adapt;

import dev.auscult.data.LabelMode;
import dev.auscult.tensor.FloatMatrix;

/** What was learnt: how a model's embeddings, or the scores of classes, change. */
public sealed interface Adapter permits EmbeddingAdapter, ClassHead, EncoderAdapter {

  /**
   * Scores of images.
   *
   * @param images unit rows {@code [n, d]} of the model itself
   * @param texts the prompts of the combinations, as the model itself embeds them
   * @param mode what the scores shall be: of exclusive labels their softmax are the probabilities;
   *     otherwise they are log-odds
   * @param logitScale the model's factor on the cosine
   * @return {@code [n, combinations]}
   */
  FloatMatrix scores(FloatMatrix images, ClassTexts texts, LabelMode mode, double logitScale);
}
