package dev.auscult.pretrain;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;

/**
 * The semantic matching loss (Wang 2022, MedCLIP, section 3.3): images and texts need not belong
 * together. How much of an image's probability a text should get follows from the labels that both
 * have in common, so that the report of another patient with the same finding is no wrong answer.
 *
 * <p>Symbols: {@code U [n, d]} images and {@code V [m, d]} texts, unit rows; {@code s} the
 * logarithm of the scale; logits {@code L = exp(s) U V^T}; similarity {@code S [n, m]}, the number
 * of labels that image and text share. The targets are {@code softmax(S)} over the texts and {@code
 * softmax(S^T)} over the images; the loss is the mean of both cross-entropies.
 */
public final class SemanticMatchingLoss {
  private SemanticMatchingLoss() {}

  /**
   * The mean of both directions.
   *
   * @param images unit rows {@code [n, d]}
   * @param texts unit rows {@code [m, d]}
   * @param logitScale the logarithm of the factor on the cosine, a scalar
   * @param similarity {@code [n, m]}; no gradient flows into it
   * @return a scalar, natural logarithm
   */
  public static Tensor of(Tensor images, Tensor texts, Tensor logitScale, Tensor similarity) {
    return ofLogits(images.matmul(texts.transpose(0, 1)).multiply(logitScale.exp()), similarity);
  }

  /**
   * The same of logits {@code [n, m]}.
   *
   * @return a scalar, natural logarithm
   */
  public static Tensor ofLogits(Tensor logits, Tensor similarity) {
    Tensor toTexts = softCrossEntropy(logits, similarity);
    Tensor toImages = softCrossEntropy(logits.transpose(0, 1), similarity.transpose(0, 1));
    return toTexts.add(toImages).multiply(0.5);
  }

  private static Tensor softCrossEntropy(Tensor logits, Tensor similarity) {
    Tensor targets = Functions.softmax(similarity, 1);
    return Functions.logSoftmax(logits, 1).multiply(targets).sum(1).mean().multiply(-1);
  }
}
