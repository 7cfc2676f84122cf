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

  /** What {@link Tensor#backward} left at the stand-ins, all of them matrices. */
  public Gradients gradients() {
    try (Scope scope = Scope.open()) {
      return new Gradients(
          pairs.stream()
              .filter(pair -> pair.own.hasGradient())
              .map(pair -> new Gradients.Share(pair.parameter, pair.own.gradient().toMatrix()))
              .toList());
    }
  }

  @Override
  public void close() {
    pairs.forEach(pair -> pair.own.close());
  }
}
