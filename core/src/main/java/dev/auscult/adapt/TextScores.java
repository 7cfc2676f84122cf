package dev.auscult.adapt;

import dev.auscult.data.LabelMode;
import dev.auscult.tensor.FloatMatrix;

/** Scores of images by their cosine with one text per combination. */
final class TextScores {
  private TextScores() {}

  /**
   * Scaled cosines; where a sample may have any number of labels, less the scaled cosine with the
   * text of nothing found: the log-odds of a softmax over the two (SCALE, section 2.3.2).
   *
   * @param images unit rows {@code [n, d]}
   * @param texts unit rows {@code [combinations, d]}
   * @param none unit row {@code [1, d]}
   * @return {@code [n, combinations]}
   */
  static FloatMatrix of(
      FloatMatrix images, FloatMatrix texts, FloatMatrix none, LabelMode mode, double logitScale) {
    float[] scores = new float[images.rows() * texts.rows()];
    for (int i = 0; i < images.rows(); i++) {
      double nothing = mode == LabelMode.MULTIPLE ? images.dot(i, none, 0) : 0;
      for (int c = 0; c < texts.rows(); c++) {
        scores[i * texts.rows() + c] = (float) (logitScale * (images.dot(i, texts, c) - nothing));
      }
    }
    return new FloatMatrix(images.rows(), texts.rows(), scores);
  }
}
