package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head attention (Vaswani 2017, section 3.2).
 *
 * @param inputs what makes queries, keys and values, {@code d} features of each
 * @param output {@code d} to {@code d}
 * @param heads how many parts of the features attend on their own
 */
public record MultiHeadAttention(QueryKeyValue inputs, Linear output, int heads) {

  /**
   * Lets some positions attend to all.
   *
   * @param asking {@code [n, asking, features]}
   * @param asked {@code [n, length, features]}
   * @param mask added to the scores, broadcast to {@code [n, heads, asking, length]}; null for none
   * @return {@code [n, asking, d]}
   */
  public Tensor forward(Tensor asking, Tensor asked, @Nullable Tensor mask) {
    return forward(asking, asked(asked), mask);
  }

  /**
   * What positions answer with.
   *
   * @param keys {@code [n, heads, length, d / heads]}
   * @param values alike
   */
  record Asked(Tensor keys, Tensor values) {

    /** Those of positions that all rows share, {@code [1, ...]}, and then these. */
    Asked after(Asked shared) {
      return new Asked(join(shared.keys, keys), join(shared.values, values));
    }

    private static Tensor join(Tensor shared, Tensor own) {
      Tensor repeated = shared.expand(own.size(0), -1, -1, -1);
      return Tensor.cat(List.of(repeated, own), 2);
    }
  }

  /** The keys and values of {@code [n, length, features]}. */
  Asked asked(Tensor states) {
    return new Asked(split(inputs.key().forward(states)), split(inputs.value().forward(states)));
  }

  /** The same as {@link #forward(Tensor, Tensor, Tensor)} with keys and values at hand. */
  Tensor forward(Tensor asking, Asked asked, @Nullable Tensor mask) {
    Tensor attended =
        Functions.attention(split(inputs.query().forward(asking)), asked.keys, asked.values, mask);
    return output.forward(
        attended.transpose(1, 2).reshape(asking.size(0), asking.size(1), output.weight().size(1)));
  }

  /** {@code [n, length, d]} to {@code [n, heads, length, d / heads]}. */
  private Tensor split(Tensor features) {
    return features
        .reshape(features.size(0), features.size(1), heads, features.size(2) / heads)
        .transpose(1, 2);
  }
}
