package dev.auscult.model;

import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.FloatMatrix;
import java.util.Optional;

/** An image encoder with its own preprocessing. Thread-safe; holds native memory until closed. */
public interface VisionEncoder extends AutoCloseable {

  /** What the model is and where it came from. */
  ModelIdentity identity();

  /** What it is made of, where its files tell. */
  default Optional<Architecture> architecture() {
    return Optional.empty();
  }

  /** The name and version of what computes, for provenance. */
  default String engine() {
    return Compute.engine();
  }

  /** The dimension {@code d} of the embeddings. */
  int dimension();

  /** The checkpoint's own preprocessing. */
  ImageTransform imageTransform();

  /** How the image encoder cuts its input into patches. */
  PatchGrid patchGrid();

  /**
   * Embeds images.
   *
   * @param pixels as {@link #imageTransform()} makes them
   * @return unit rows {@code [n, d]}
   */
  FloatMatrix encodeImages(PixelBatch pixels);

  /** Whether {@link #encodeImages(PixelBatch, int[][])} can leave patches out. */
  default boolean dropsPatches() {
    return false;
  }

  /**
   * Embeds images of which only some patches are seen: the others are removed from the sequence,
   * the rest keep their positions. Images of equal numbers of patches are computed together.
   *
   * @param kept for each image the patches that are there, ascending
   * @return unit rows {@code [n, d]}
   * @throws UnsupportedOperationException unless {@link #dropsPatches()}
   */
  default FloatMatrix encodeImages(PixelBatch pixels, int[][] kept) {
    throw new UnsupportedOperationException(identity().family() + " cannot leave patches out");
  }

  /** Frees the native memory. */
  @Override
  void close();
}
