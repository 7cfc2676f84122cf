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

  /** Of that, a part: {@code length} entries of a dimension from {@code start}. */
  public Origin narrow(int dimension, long start, long length) {
    return then(tensor -> tensor.narrow(dimension, start, length));
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
