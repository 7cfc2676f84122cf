package dev.auscult.model;

import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.Tokenizer;
import java.util.Arrays;

/**
 * An image encoder and a text encoder into one space: the score of an image and a text is {@code
 * exp(logit scale) * cosine}. Thread-safe; holds native memory until closed.
 */
public interface DualEncoder extends AutoCloseable {

  /** What the model is and where it came from. */
  ModelIdentity identity();

  /** The dimension {@code d} of the shared space. */
  int dimension();

  /** The factor on the cosine, {@code exp} of the learnt logit scale. */
  double logitScale();

  /** The checkpoint's own preprocessing. */
  ImageTransform imageTransform();

  /** The checkpoint's own tokenizer. */
  Tokenizer tokenizer();

  /** How the image encoder cuts its input into patches. */
  PatchGrid patchGrid();

  /**
   * Embeds images.
   *
   * @param pixels as {@link #imageTransform()} makes them
   * @return unit rows {@code [n, d]}
   */
  FloatMatrix encodeImages(PixelBatch pixels);

  /**
   * Embeds texts, pooled where the model's own rule says ({@link #pooledPosition}).
   *
   * @param ids one row of ids per text, as {@link #tokenizer()} makes them: special tokens
   *     included, unpadded, of any lengths up to the context length
   * @return unit rows {@code [n, d]}
   */
  default FloatMatrix encodeTexts(int[][] ids) {
    return encodeTexts(ids, Arrays.stream(ids).mapToInt(this::pooledPosition).toArray());
  }

  /**
   * Embeds texts, pooled at given positions: masking a text must not move the position at which the
   * whole text is read, even where the mask token is the model's end token.
   *
   * @param ids as in {@link #encodeTexts(int[][])}
   * @param pooled for each row the position whose final state becomes the embedding; ignored by
   *     models that do not pool at one position
   * @return unit rows {@code [n, d]}
   */
  FloatMatrix encodeTexts(int[][] ids, int[] pooled);

  /** The position in {@code ids} whose final state the model's own rule takes as the embedding. */
  int pooledPosition(int[] ids);

  /** Frees the native memory. */
  @Override
  void close();
}
