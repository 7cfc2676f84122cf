package dev.auscult.checkpoint;

import java.util.List;

/**
 * Where a tensor lies in a safetensors file.
 *
 * @param name its key
 * @param type how its elements are encoded
 * @param shape its dimensions, outermost first; empty for a scalar
 * @param begin its first byte, counted from the end of the header
 * @param end one past its last byte
 */
public record TensorEntry(String name, StoredType type, List<Long> shape, long begin, long end) {

  /** Copies the shape and checks that it fills the bytes. */
  public TensorEntry {
    shape = List.copyOf(shape);
    if (begin < 0 || end < begin || byteSize(type, shape) != end - begin) {
      throw new IllegalArgumentException(
          "%s%s does not fill bytes %d to %d of %s".formatted(type, shape, begin, end, name));
    }
  }

  /** The number of bytes. */
  public long size() {
    return end - begin;
  }

  /**
   * The bytes that a tensor of that type and shape takes.
   *
   * @throws ArithmeticException if they exceed 2^63 - 1, or a dimension is negative
   */
  static long byteSize(StoredType type, List<Long> shape) {
    boolean empty = shape.contains(0L);
    long size = type.bytes();
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new ArithmeticException("negative dimension " + dimension);
      }
      size = empty ? 0 : Math.multiplyExact(size, dimension);
    }
    return size;
  }
}
