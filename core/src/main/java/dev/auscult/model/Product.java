package dev.auscult.model;

import dev.auscult.tensor.Tensor;

/**
 * A linear map whose matrix is stored the other way round than {@link Linear}'s: {@code x W}.
 *
 * @param weight {@code [in, out]}
 */
public record Product(Tensor weight) implements Layer {

  @Override
  public Tensor forward(Tensor input) {
    return input.matmul(weight);
  }
}
