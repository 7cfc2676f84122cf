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
   * Lets some positions attend to all.
   *
   * @param asking {@code [n, asking, d]}
   * @param asked {@code [n, length, d]}
   * @param mask added to the scores, broadcast to {@code [n, heads, asking, length]}; null for none
   * @return {@code [n, asking, d]}
   */
  public Tensor forward(Tensor asking, Tensor asked, @Nullable Tensor mask) {
    Tensor attended =
        Functions.attention(
            split(query.forward(asking)),
            split(key.forward(asked)),
            split(value.forward(asked)),
            mask);
    return output.forward(
        attended.transpose(1, 2).reshape(asking.size(0), asking.size(1), asking.size(2)));
  }

  /** {@code [n, length, d]} to {@code [n, heads, length, d / heads]}. */
  private Tensor split(Tensor features) {
    return features
        .reshape(features.size(0), features.size(1), heads, features.size(2) / heads)
        .transpose(1, 2);
  }
}
