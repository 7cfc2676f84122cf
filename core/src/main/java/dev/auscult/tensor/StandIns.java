package dev.auscult.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Tensors with the memory of parameters and gradients of their own, so that several pieces of work
 * can differentiate at once. The gradients then add up in whatever order the caller asks for.
 */
public final class StandIns implements AutoCloseable {
  private record Pair(Tensor parameter, Tensor own) {}

  private final List<Pair> pairs = new ArrayList<>();

  /**
   * The stand-in of a parameter.
   *
   * @return a leaf that requires gradients; it lives until this is closed
   */
  public Tensor of(Tensor parameter) {
    Tensor own = Tensor.unscoped(parameter::detach).requireGradient();
    pairs.add(new Pair(parameter, own));
    return own;
  }

  /** Adds what {@link Tensor#backward} left at the stand-ins to the parameters' gradients. */
  public void addGradients() {
    try (Scope scope = Scope.open()) {
      for (Pair pair : pairs) {
        if (pair.own.hasGradient()) {
          pair.parameter.backward(pair.own.gradient());
        }
      }
    }
  }

  @Override
  public void close() {
    pairs.forEach(pair -> pair.own.close());
  }
}
