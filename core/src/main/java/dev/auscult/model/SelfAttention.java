package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head self-attention (Vaswani 2017, section 3.2).
 *
 * @param query {@code d} to {@code d}; key, value and output alike
 * @param heads how many parts of the features attend on their own
 */
public record SelfAttention(Linear query, Linear key, Linear value, Linear output, int heads) {

  /** The attention at {@code name}, in CLIP's naming. */
  static SelfAttention of(Parameters parameters, String name, int heads) {
    return new SelfAttention(
        Linear.of(parameters, name + ".q_proj"),
        Linear.of(parameters, name + ".k_proj"),
        Linear.of(parameters, name + ".v_proj"),
        Linear.of(parameters, name + ".out_proj"),
        heads);
  }

  /**
   * Attends.
   *
   * @param input {@code [n, length, d]}
   * @param mask added to the scores, {@code [length, length]}; null for none
   * @return {@code [n, length, d]}
   */
  public Tensor forward(Tensor input, @Nullable Tensor mask) {
    Tensor attended =
        Functions.attention(
            split(query.forward(input)),
            split(key.forward(input)),
            split(value.forward(input)),
            mask);
    return output.forward(
        attended.transpose(1, 2).reshape(input.size(0), input.size(1), input.size(2)));
  }

  /** {@code [n, length, d]} to {@code [n, heads, length, d / heads]}. */
  private Tensor split(Tensor features) {
    return features
        .reshape(features.size(0), features.size(1), heads, features.size(2) / heads)
        .transpose(1, 2);
  }
}
