package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

/** The non-linearity of a feed-forward layer, named as in Hugging Face configurations. */
public enum Activation {
  /** OpenAI's approximation, {@code x sigmoid(1.702 x)}. */
  QUICK_GELU("quick_gelu"),
  /** The exact {@code x Phi(x)}. */
  GELU("gelu");

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

  /** Applies it element by element. */
  public Tensor apply(Tensor input) {
    return switch (this) {
      case QUICK_GELU -> Functions.quickGelu(input);
      case GELU -> Functions.gelu(input);
    };
  }
}
