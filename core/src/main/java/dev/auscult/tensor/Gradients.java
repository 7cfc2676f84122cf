package dev.auscult.tensor;

import java.util.List;

/**
 * Gradients of matrices, held outside the engine's memory: small tensors that outlast large ones
 * lie between them, and the memory of those is then not used again.
 */
public final class Gradients {
  private final List<Share> shares;

  /** What is to be added to the gradient of a parameter. */
  record Share(Tensor parameter, FloatMatrix values) {}

  Gradients(List<Share> shares) {
    this.shares = List.copyOf(shares);
  }

  /** Adds them to the parameters' own. */
  public void add() {
    try (Scope scope = Scope.open()) {
      for (Share share : shares) {
        share.parameter.backward(Tensor.of(share.values));
      }
    }
  }
}
