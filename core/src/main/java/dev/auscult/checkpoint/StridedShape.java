package dev.auscult.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where the elements of a tensor lie, counted from its first one: element {@code [i, j, ...]} is
 * {@code i * strides[0] + j * strides[1] + ...} elements further.
 *
 * @param shape the dimensions, outermost first; empty for a scalar
 * @param strides the distance between neighbours along each dimension, in elements, not negative
 */
record StridedShape(List<Long> shape, List<Long> strides) {

  /** Copies; checks signs and lengths, and that count and span fit 63 bits. */
  StridedShape {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
    if (shape.size() != strides.size()) {
      throw new IllegalArgumentException("shape %s, strides %s".formatted(shape, strides));
    }
    if (hasNegative(shape) || hasNegative(strides)) {
      throw new ArithmeticException("negative in shape %s, strides %s".formatted(shape, strides));
    }
    count(shape);
    span(shape, strides);
  }

  /** Elements one after another, the last dimension fastest. */
  static StridedShape rowMajor(List<Long> shape) {
    List<Long> strides = new ArrayList<>();
    boolean empty = shape.contains(0L);
    long stride = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      strides.add(stride);
      stride = empty ? 1 : Math.multiplyExact(stride, shape.get(i));
    }
    Collections.reverse(strides);
    return new StridedShape(shape, strides);
  }

  /** The number of elements. */
  long count() {
    return count(shape);
  }

  /** One more than the distance from the first element to the farthest; 0 if there are none. */
  long span() {
    return span(shape, strides);
  }

  /** Whether the elements lie one after another, the last dimension fastest. */
  boolean isRowMajor() {
    long expected = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      if (shape.get(i) != 1 && strides.get(i) != expected) {
        return count() == 0;
      }
      expected *= shape.get(i);
    }
    return true;
  }

  /** The same strides with one extent changed. */
  StridedShape withExtent(int dimension, long extent) {
    List<Long> changed = new ArrayList<>(shape);
    changed.set(dimension, extent);
    return new StridedShape(changed, strides);
  }

  /** All dimensions in reverse order. */
  StridedShape transposed() {
    List<Long> turnedShape = new ArrayList<>(shape);
    List<Long> turnedStrides = new ArrayList<>(strides);
    Collections.reverse(turnedShape);
    Collections.reverse(turnedStrides);
    return new StridedShape(turnedShape, turnedStrides);
  }

  /**
   * The same elements in the same order under other dimensions.
   *
   * @throws IllegalArgumentException if the counts differ, or no strides give that order
   */
  StridedShape reshaped(List<Long> wanted) {
    if (hasNegative(wanted) || count(wanted) != count()) {
      throw new IllegalArgumentException("%s elements as %s".formatted(shape, wanted));
    }
    if (isRowMajor()) {
      return rowMajor(wanted);
    }
    List<Long> found = new ArrayList<>();
    int at = wanted.size() - 1;
    for (Run run : runs()) {
      long left = run.count();
      long stride = run.stride();
      while (at >= 0 && (left > 1 || wanted.get(at) == 1)) {
        long extent = wanted.get(at--);
        if (left % extent != 0) {
          throw new IllegalArgumentException(
              "shape %s with strides %s as %s".formatted(shape, strides, wanted));
        }
        found.add(stride);
        stride *= extent;
        left /= extent;
      }
    }
    Collections.reverse(found);
    return new StridedShape(wanted, found);
  }

  /** Elements one fixed distance apart. */
  private record Run(long count, long stride) {}

  /** Dimensions joined where one continues the other, innermost first. */
  private List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (int i = shape.size() - 1; i >= 0; i--) {
      long extent = shape.get(i);
      Run inner = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (inner != null && strides.get(i) == inner.count() * inner.stride()) {
        runs.set(runs.size() - 1, new Run(inner.count() * extent, inner.stride()));
      } else if (extent != 1) {
        runs.add(new Run(extent, strides.get(i)));
      }
    }
    return runs;
  }

  private static boolean hasNegative(List<Long> numbers) {
    return numbers.stream().anyMatch(number -> number < 0);
  }

  private static long count(List<Long> shape) {
    return shape.contains(0L) ? 0 : shape.stream().reduce(1L, Math::multiplyExact);
  }

  private static long span(List<Long> shape, List<Long> strides) {
    if (shape.contains(0L)) {
      return 0;
    }
    long last = 0;
    for (int i = 0; i < shape.size(); i++) {
      last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, strides.get(i)));
    }
    return Math.addExact(last, 1);
  }
}
