package dev.auscult.model;

import dev.auscult.tensor.Tensor;

/**
 * The network of a text encoder, with its projection into the shared space. Stateless beside its
 * parameters; {@link TextInference} runs it over any number of texts.
 */
public interface TextTower {

  /** What becomes of the positions that a text does not fill. */
  enum Padding {
    /** A causal transformer: what follows the pooled position changes nothing and is cut off. */
    CUT,
    /** Rows are filled to the longest; {@link TokenBatch#present} hides what is filled. */
    HIDDEN,
    /** Rows are filled to the context length and the network reads the padding like any token. */
    READ
  }

  /** The number of ids. */
  int vocabulary();

  /** The largest number of ids in a text. */
  int context();

  /** Features per text. */
  int dimension();

  /** How its states become the embedding, in words, e.g. {@code end token, xW to 512}. */
  String head();

  /** What becomes of the positions that a text does not fill. */
  Padding padding();

  /** The id that fills a row. */
  int padId();

  /**
   * The position in an unpadded text whose final state the model reads; 0 if it reads no single.
   */
  int pooledPosition(int[] ids);

  /** Floats of the largest intermediate result for one text of {@code length} ids. */
  long activations(int length);

  /** Whether tokens can be hidden from attention ({@link TokenBatch#present}). */
  default boolean hidesTokens() {
    return padding() == Padding.HIDDEN;
  }

  /**
   * Embeds texts.
   *
   * @return {@code [n, dimension]}, not normalised
   */
  Tensor forward(TokenBatch batch);
}
