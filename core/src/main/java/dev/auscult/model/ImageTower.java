package dev.auscult.model;

import dev.auscult.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The network of an image encoder, with its projection into the shared space. Stateless beside its
 * parameters; {@link ImageInference} runs it over any number of images.
 */
public interface ImageTower {

  /**
   * How the input is cut. Convolutional networks and window transformers have no patches of their
   * own: their grid is that of the last feature map.
   */
  PatchGrid grid();

  /** Channels of the input. */
  int channels();

  /** Features per image. */
  int dimension();

  /** How its states become the embedding, in words, e.g. {@code class token, xW to 512}. */
  String head();

  /**
   * Floats of the largest intermediate result for one image. Batches are cut by it: beyond a few
   * million floats memory traffic costs more than a larger batch saves.
   */
  long activations();

  /** Whether patches can be left out of the computation ({@code kept} in {@link #forward}). */
  default boolean dropsPatches() {
    return false;
  }

  /**
   * Embeds images.
   *
   * @param pixels {@code [n, channels, size, size]} float32
   * @param kept {@code [n, k]} int64, for each image the patches that are there, ascending; the
   *     others are removed from the sequence and the rest keep their positions. Null for all; never
   *     given unless {@link #dropsPatches()}
   * @return {@code [n, dimension]}, not normalised
   */
  Tensor forward(Tensor pixels, @Nullable Tensor kept);
}
