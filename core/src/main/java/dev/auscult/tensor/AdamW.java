package dev.auscult.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2), in PyTorch's form.
 * Its state is plain tensors, so that a run can be saved and resumed to the bit.
 */
public final class AdamW implements AutoCloseable {

  /**
   * The constants of the update.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the root of the second moment
   */
  public record Settings(double beta1, double beta2, double epsilon) {
    /** .9, .98 and 1e-6, as CLIP (Radford 2021, table 18). */
    public static final Settings CLIP = new Settings(.9, .98, 1e-6);

    /** .9, .999 and 1e-8, as PyTorch. */
    public static final Settings STANDARD = new Settings(.9, .999, 1e-8);
  }

  /**
   * A parameter and its weight decay.
   *
   * @param tensor requires gradients
   * @param weightDecay 0 for gains, biases and the logit scale
   */
  public record Parameter(Tensor tensor, double weightDecay) {}

  private final List<Parameter> parameters;
  private final Settings settings;
  private final List<Tensor> firstMoments = new ArrayList<>();
  private final List<Tensor> secondMoments = new ArrayList<>();
  private long steps;

  /** An optimiser at step 0; its state belongs to it until {@link #close}. */
  public AdamW(List<Parameter> parameters, Settings settings) {
    this.parameters = List.copyOf(parameters);
    this.settings = settings;
    for (Parameter parameter : parameters) {
      firstMoments.add(unowned(parameter.tensor().shape()));
      secondMoments.add(unowned(parameter.tensor().shape()));
    }
  }

  private static Tensor unowned(long... shape) {
    return Tensor.unscoped(() -> Tensor.zeros(shape));
  }

  /** Updates every parameter that has a gradient, then clears the gradients. */
  public void step(double learningRate) {
    steps++;
    double correction1 = 1 - Math.pow(settings.beta1(), (double) steps);
    double correction2 = 1 - Math.pow(settings.beta2(), (double) steps);
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.tensor().hasGradient()) {
        try (Scope scope = Scope.inference()) {
          update(parameter, i, learningRate, correction1, correction2);
        }
        parameter.tensor().clearGradient();
      }
    }
  }

  private void update(
      Parameter parameter, int index, double rate, double correction1, double correction2) {
    org.bytedeco.pytorch.Tensor weight = parameter.tensor().pointer;
    org.bytedeco.pytorch.Tensor gradient = parameter.tensor().gradient().pointer;
    org.bytedeco.pytorch.Tensor first = firstMoments.get(index).pointer;
    org.bytedeco.pytorch.Tensor second = secondMoments.get(index).pointer;
    if (parameter.weightDecay() != 0) {
      weight.mul_(new Scalar(1 - rate * parameter.weightDecay()));
    }
    first.lerp_(gradient, new Scalar(1 - settings.beta1()));
    second.mul_(new Scalar(settings.beta2()));
    second.addcmul_(gradient, gradient, new Scalar(1 - settings.beta2()));
    org.bytedeco.pytorch.Tensor denominator =
        second.sqrt().div_(new Scalar(Math.sqrt(correction2))).add_(new Scalar(settings.epsilon()));
    weight.addcdiv_(first, denominator, new Scalar(-rate / correction1));
  }

  /**
   * Scales all gradients so that their joint Euclidean norm is at most {@code limit}.
   *
   * @return the norm before
   */
  public double clipGradients(double limit) {
    try (Scope scope = Scope.inference()) {
      List<Tensor> squares = new ArrayList<>();
      for (Parameter parameter : parameters) {
        if (parameter.tensor().hasGradient()) {
          Tensor gradient = parameter.tensor().gradient();
          squares.add(gradient.multiply(gradient).sum());
        }
      }
      if (squares.isEmpty()) {
        return 0;
      }
      double norm = Math.sqrt(Tensor.stack(squares, 0).to(DType.FLOAT64).sum().item());
      if (norm > limit) {
        for (Parameter parameter : parameters) {
          if (parameter.tensor().hasGradient()) {
            parameter.tensor().gradient().pointer.mul_(new Scalar(limit / (norm + 1e-6)));
          }
        }
      }
      return norm;
    }
  }

  /** Updates made so far. */
  public long steps() {
    return steps;
  }

  /**
   * The running mean of gradients of the parameter numbered {@code index}, as it is, not a copy.
   */
  public Tensor firstMoment(int index) {
    return firstMoments.get(index);
  }

  /** The running mean of squared gradients, as it is, not a copy. */
  public Tensor secondMoment(int index) {
    return secondMoments.get(index);
  }

  /**
   * Continues from a saved state; the moments are copied in by the caller through the accessors.
   */
  public void resumeAt(long step) {
    steps = step;
  }

  @Override
  public void close() {
    firstMoments.forEach(Tensor::close);
    secondMoments.forEach(Tensor::close);
  }
}
