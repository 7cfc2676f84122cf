package dev.auscult.model;

import dev.auscult.base.Seed;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An image encoder and a text encoder into one space: the score of an image and a text is {@code
 * scale * cosine + bias}. Thread-safe; holds native memory until closed.
 */
public interface DualEncoder extends VisionEncoder {

  /** The factor on the cosine, {@code exp} of the learnt logit scale. */
  double logitScale();

  /** How a cosine becomes a score and a score a probability. */
  default ScoreFunction score() {
    return ScoreFunction.softmax(logitScale());
  }

  /** The checkpoint's own tokenizer. */
  Tokenizer tokenizer();

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

  /** Whether {@link #encodeTexts(int[][], int[], boolean[][])} can hide tokens. */
  default boolean hidesTokens() {
    return false;
  }

  /**
   * Embeds texts of which some tokens are hidden from attention; the others keep their positions.
   *
   * @param hidden for each id whether no other token attends to it
   * @return unit rows {@code [n, d]}
   * @throws UnsupportedOperationException unless {@link #hidesTokens()}
   */
  default FloatMatrix encodeTexts(int[][] ids, int[] pooled, boolean[][] hidden) {
    throw new UnsupportedOperationException(identity().family() + " cannot hide tokens");
  }

  /**
   * The networks, for computing through them where gradients are wanted; their weights are there
   * until this is closed. Empty where another engine computes.
   */
  default Optional<Towers> towers() {
    return Optional.empty();
  }

  /**
   * The same model with networks that were changed: a model of its own, which the caller closes
   * before this one; it shares the memory of what did not change. Texts that are too long for the
   * changed text encoder are cut.
   *
   * @param changed made of {@link #towers()}
   * @param owned tensors of the change, which are freed with the result
   * @throws UnsupportedOperationException if another engine computes
   */
  default DualEncoder with(Towers changed, Parameters owned) {
    throw new UnsupportedOperationException(identity().family() + " cannot be changed");
  }

  /**
   * What the layers of both encoders are called, from the output inward: at each depth one of each
   * encoder, until the deeper one ends. Empty where {@link #shuffled} is not supported.
   */
  default List<String> layers() {
    return List.of();
  }

  /**
   * The same model with the weights of its outermost layers in random order, each tensor within
   * itself, so that mean and spread remain and what was learnt is gone (the cascading randomisation
   * of Adebayo et al. 2018, "Sanity Checks for Saliency Maps", section 3).
   *
   * @param depth how many of {@link #layers()}
   * @param seed of the orders; a layer is shuffled alike at every depth that includes it
   * @return a model of its own, which the caller closes; it shares the memory of the other layers
   * @throws UnsupportedOperationException if the layers are not known
   */
  default DualEncoder shuffled(int depth, Seed seed) {
    throw new UnsupportedOperationException(identity().family() + " has no known layers");
  }
}
