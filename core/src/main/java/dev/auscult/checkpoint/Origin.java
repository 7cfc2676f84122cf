package dev.auscult.checkpoint;

import java.util.function.UnaryOperator;

/**
 * Where a tensor comes from that a file keeps under another name, as a part of another tensor or in
 * another shape. Nothing is copied.
 *
 * @param name the file's own name
 * @param view what is done with the tensor of that name; an {@link IllegalArgumentException} means
 *     that its shape does not allow it
 */
public record Origin(String name, UnaryOperator<StoredTensor> view) {

  /** The tensor of that name as it is. */
  public static Origin of(String name) {
    return new Origin(name, UnaryOperator.identity());
  }

  /**
   * Of that, one of several equal parts that were joined along the first dimension, such as the
   * queries among queries, keys and values.
   *
   * @param number counted from 0
   * @param of how many parts there are
   */
  public Origin part(int number, int of) {
    return then(
        tensor -> {
          long extent = tensor.shape().isEmpty() ? 1 : tensor.shape().get(0);
          if (extent % of != 0) {
            throw new IllegalArgumentException("%s is no %d parts".formatted(tensor.shape(), of));
          }
          return tensor.narrow(0, number * (extent / of), extent / of);
        });
  }

  /** Of that, the transpose: for projections kept as {@code [in, out]}. */
  public Origin transpose() {
    return then(StoredTensor::transpose);
  }

  /** Of that, the elements in another shape. */
  public Origin reshape(long... shape) {
    long[] wanted = shape.clone();
    return then(tensor -> tensor.reshape(wanted));
  }

  private Origin then(UnaryOperator<StoredTensor> next) {
    return new Origin(name, tensor -> next.apply(view.apply(tensor)));
  }
}
