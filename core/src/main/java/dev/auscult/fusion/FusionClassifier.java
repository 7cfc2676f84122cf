package dev.auscult.fusion;

import dev.auscult.tensor.FloatMatrix;

/** Predicts outcomes of pairs; what a method does not see has no influence. */
public interface FusionClassifier {

  /**
   * The logits of every outcome; their softmax are the probabilities.
   *
   * @param images unit rows {@code [n, d]}
   * @param texts unit rows {@code [n, d]}
   * @return {@code [n, outcomes]}
   */
  FloatMatrix logits(FloatMatrix images, FloatMatrix texts);
}
