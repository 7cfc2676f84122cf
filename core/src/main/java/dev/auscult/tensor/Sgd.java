package dev.auscult.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;

/**
 * Stochastic gradient descent with momentum, in PyTorch's form: {@code v = momentum v + (g + decay
 * w)}, {@code w = w - rate v}, the first {@code v} being the first gradient.
 */
public final class Sgd implements AutoCloseable {
  private final List<Tensor> parameters;
  private final List<Tensor> velocities = new ArrayList<>();
  private final double momentum;
  private final double weightDecay;

  /**
   * An optimiser at rest; its state belongs to it until {@link #close}.
   *
   * @param parameters require gradients
   */
  public Sgd(List<Tensor> parameters, double momentum, double weightDecay) {
    this.parameters = List.copyOf(parameters);
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    for (Tensor parameter : parameters) {
      velocities.add(Tensor.unscoped(() -> Tensor.zeros(parameter.shape())));
    }
  }

  /** Updates every parameter that has a gradient, then clears the gradients. */
  public void step(double learningRate) {
    for (int i = 0; i < parameters.size(); i++) {
      Tensor parameter = parameters.get(i);
      if (parameter.hasGradient()) {
        try (Scope scope = Scope.inference()) {
          org.bytedeco.pytorch.Tensor velocity = velocities.get(i).pointer;
          velocity.mul_(new Scalar(momentum));
          velocity.add_(parameter.gradient().pointer);
          velocity.add_(parameter.pointer, new Scalar(weightDecay));
          parameter.pointer.add_(velocity, new Scalar(-learningRate));
        }
        parameter.clearGradient();
      }
    }
  }

  @Override
  public void close() {
    velocities.forEach(Tensor::close);
  }
}
