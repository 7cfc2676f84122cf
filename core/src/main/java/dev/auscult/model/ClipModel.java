package dev.auscult.model;

import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Tensor;

/**
 * CLIP's two towers over given parameters: the same forward passes for inference and, where the
 * parameters require gradients, for training.
 *
 * @param logitScale the logarithm of the factor on the cosine, a scalar
 */
public record ClipModel(
    ClipConfig config, VisionTransformer vision, TextTransformer text, Tensor logitScale) {

  /** A model over parameters named and shaped as {@link ClipConfig#shapes()} says. */
  public static ClipModel of(ClipConfig config, Parameters parameters) {
    return new ClipModel(
        config,
        config.visionTower().of(parameters, ClipConfig.VISION),
        config.textTower().of(parameters, ClipConfig.TEXT),
        parameters.get("logit_scale"));
  }

  /** The same towers for inference, with the present logit scale. */
  public Towers towers() {
    return new Towers(vision, text, ScoreFunction.softmax(Math.exp(logitScale.item())));
  }

  /**
   * Embeds images without gradients, any number of them.
   *
   * @return unit rows {@code [n, dimension]}
   * @throws IllegalArgumentException if the images have not the size of the model's input
   */
  public FloatMatrix encodeImages(PixelBatch pixels) {
    return new ImageInference(vision).encode(pixels);
  }

  /**
   * Embeds texts without gradients, any number of them.
   *
   * @param ids one row per text, unpadded
   * @param pooled for each row the position whose final state is its embedding
   * @return unit rows {@code [n, dimension]}
   * @throws IllegalArgumentException if a row is empty or longer than the context, or holds an id
   *     outside the vocabulary, or its pooled position lies outside the row
   */
  public FloatMatrix encodeTexts(int[][] ids, int[] pooled) {
    return new TextInference(text).encode(ids, pooled, null);
  }
}
