package dev.auscult.pretrain;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The symmetric cross-entropy over the similarities of a batch (InfoNCE, van den Oord 2018; CLIP,
 * Radford 2021, figure 3): each image picks its text among the batch's texts and each text its
 * image among the batch's images.
 *
 * <p>Symbols: {@code U [n, d]} images and {@code V [n, d]} texts, unit rows; {@code s} the
 * logarithm of the scale; logits {@code exp(s) U V^T}; the pair of row {@code i} is column {@code
 * i}.
 */
public final class ContrastiveLoss {
  private ContrastiveLoss() {}

  /**
   * The mean of both directions.
   *
   * @param images unit rows {@code [n, d]}
   * @param texts unit rows {@code [n, d]}, row i belongs to image i
   * @param logitScale the logarithm of the factor on the cosine, a scalar
   * @return a scalar, natural logarithm
   */
  public static Tensor symmetric(Tensor images, Tensor texts, Tensor logitScale) {
    return bothDirections(images, texts, texts, logitScale);
  }

  /**
   * The same with further texts that fit no image of the batch, such as a question with a wrong
   * answer: every image must prefer its own text to these too (NegCLIP, Yuksekgonul 2023, section
   * 5). They take no part in the direction from texts to images.
   *
   * @param negatives unit rows {@code [m, d]}
   */
  public static Tensor withHardNegatives(
      Tensor images, Tensor texts, Tensor negatives, Tensor logitScale) {
    return bothDirections(images, texts, Tensor.cat(List.of(texts, negatives), 0), logitScale);
  }

  private static Tensor bothDirections(
      Tensor images, Tensor texts, Tensor candidates, Tensor logitScale) {
    int pairs = (int) images.size(0);
    Tensor scale = logitScale.exp();
    Tensor own = Tensor.of(LongStream.range(0, pairs).toArray(), pairs);
    Tensor toTexts =
        Functions.crossEntropy(images.matmul(candidates.transpose(0, 1)).multiply(scale), own);
    Tensor toImages =
        Functions.crossEntropy(texts.matmul(images.transpose(0, 1)).multiply(scale), own);
    return toTexts.add(toImages).multiply(0.5);
  }
}
