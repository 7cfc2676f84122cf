package dev.auscult.adapt;

import dev.auscult.tensor.FloatMatrix;
import java.util.Arrays;

/**
 * A bottleneck adapter blended with its input, {@code ratio A(f) + (1 - ratio) f} with {@code A(f)
 * = ReLU(f W1) W2} (SCALE, equation 1; CLIP-Adapter, equations 4 to 7).
 *
 * @param down {@code W1} transposed, {@code [h, d]}
 * @param up {@code W2 [h, d]}
 * @param ratio alpha, the adapter's share, 0 to 1
 * @param outer what follows the second layer
 */
public record Bottleneck(FloatMatrix down, FloatMatrix up, double ratio, OuterActivation outer) {

  /** Checks shapes and ratio. */
  public Bottleneck {
    if (down.rows() != up.rows()
        || down.columns() != up.columns()
        || down.rows() == 0
        || !(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException(
          "down [%d, %d], up [%d, %d], ratio %s"
              .formatted(down.rows(), down.columns(), up.rows(), up.columns(), ratio));
    }
  }

  /** What follows an adapter's second layer. */
  public enum OuterActivation {
    /** Nothing, as in SCALE. */
    NONE,
    /** Another ReLU, as in CLIP-Adapter. */
    RELU
  }

  /**
   * The blended rows, not normalised.
   *
   * @param rows {@code [n, d]}
   */
  FloatMatrix blend(FloatMatrix rows) {
    if (rows.rows() == 0) {
      return rows;
    }
    BottleneckLayer layer = new BottleneckLayer(this, rows.rows());
    return Rows.matrix(
        Arrays.copyOf(layer.forward(Rows.of(rows), rows.rows()), rows.rows()), rows.columns());
  }
}
