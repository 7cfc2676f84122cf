package dev.auscult.model;

import dev.auscult.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How a branch of a block leaves the residual stream and joins it again.
 *
 * @param placement where the stream is normalised
 * @param norm the normalisation
 * @param scale {@code [d]}, the factors of the branch (LayerScale, Touvron 2021), or null for none
 */
public record Residual(Placement placement, LayerNorm norm, @Nullable Tensor scale) {

  /** Where the stream is normalised. */
  public enum Placement {
    /** {@code x + branch(norm(x))}, as in CLIP and ViT. */
    BEFORE,
    /** {@code norm(x + branch(x))}, as in BERT. */
    AFTER
  }

  /** What the branch computes from. */
  Tensor enter(Tensor stream) {
    return placement == Placement.BEFORE ? norm.forward(stream) : stream;
  }

  /** The stream with the branch's result in it. */
  Tensor join(Tensor stream, Tensor branch) {
    Tensor sum = stream.add(scale == null ? branch : branch.multiply(scale));
    return placement == Placement.AFTER ? norm.forward(sum) : sum;
  }
}
