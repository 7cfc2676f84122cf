package dev.auscult.zeroshot;

import java.util.List;

/**
 * What a model makes of one image.
 *
 * @param id the image
 * @param ranked every class, the most probable first; equal ones in the order of the classes
 */
public record Prediction(String id, List<ClassScore> ranked) {

  /**
   * One class's share.
   *
   * @param label the class
   * @param probability softmax over the classes at the model's logit scale, or the sigmoid of the
   *     class's own score for models trained so; 0 to 1
   * @param cosine similarity of image and class, -1 to 1; {@code NaN} if no text stands for it
   */
  public record ClassScore(String label, double probability, double cosine) {}

  /** Copies the list. */
  public Prediction {
    ranked = List.copyOf(ranked);
    if (ranked.isEmpty()) {
      throw new IllegalArgumentException("a prediction without classes");
    }
  }

  /** The most probable class. */
  public ClassScore first() {
    return ranked.get(0);
  }

  /** The {@code k} most probable classes, or all if there are fewer. */
  public List<ClassScore> top(int k) {
    return ranked.subList(0, Math.min(k, ranked.size()));
  }
}
