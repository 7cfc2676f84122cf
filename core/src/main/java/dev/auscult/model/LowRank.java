package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * An affine map with a learnt update of low rank, {@code W x + b + scale B A x} (LoRA, Hu 2022,
 * equation 3).
 *
 * @param base the map as it was trained
 * @param down {@code [r, in]}, A
 * @param up {@code [out, r]}, B
 * @param scale factor of the update
 * @param noise what the update sees in place of the input, such as the input with dropout
 */
public record LowRank(
    Linear base, Tensor down, Tensor up, double scale, UnaryOperator<Tensor> noise)
    implements Layer {

  @Override
  public Tensor forward(Tensor input) {
    Tensor narrow = Functions.linear(noise.apply(input), down, null);
    return base.forward(input).add(Functions.linear(narrow, up, null).multiply(scale));
  }

  /**
   * One map that computes the same without noise, in the base's precision.
   *
   * @return its weight {@code [out, in]}
   */
  public Tensor merged() {
    Tensor update = up.matmul(down).multiply(scale);
    return base.weight().to(update.dtype()).add(update).to(base.weight().dtype());
  }
}
