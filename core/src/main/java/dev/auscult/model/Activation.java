package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

/** A non-linearity, named as in Hugging Face configurations. */
public enum Activation implements Layer {
  /** OpenAI's approximation, {@code x sigmoid(1.702 x)}. */
  QUICK_GELU("quick_gelu"),
  /** The exact {@code x Phi(x)}. */
  GELU("gelu"),
  /** GELU with the tanh approximation of {@code Phi}, SigLIP's. */
  GELU_TANH("gelu_pytorch_tanh"),
  /** The hyperbolic tangent, of BERT's pooler. */
  TANH("tanh");

  private final String key;

  Activation(String key) {
    this.key = key;
  }

  /** Its name in configurations. */
  public String key() {
    return key;
  }

  /** The activation of that name. */
  public static Optional<Activation> named(String key) {
    return Arrays.stream(values()).filter(activation -> activation.key.equals(key)).findFirst();
  }

  @Override
  public Tensor forward(Tensor input) {
    return switch (this) {
      case QUICK_GELU -> Functions.quickGelu(input);
      case GELU -> Functions.gelu(input);
      case GELU_TANH -> Functions.geluTanh(input);
      case TANH -> Functions.tanh(input);
    };
  }
}
