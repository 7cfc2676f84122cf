package dev.auscult.checkpoint;

import dev.auscult.tensor.DType;
import dev.auscult.tensor.Tensor;
import dev.auscult.tensor.TensorInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A read-only tensor whose bytes lie in a mapped file; holding it keeps the file mapped. Parts of
 * it, its transpose and other shapes of it are views of the same bytes.
 */
public final class StoredTensor {
  private final String name;
  private final StoredType type;
  private final StridedShape layout;
  private final ByteBuffer bytes;
  private final @Nullable FileBytes source;

  /** A tensor whose bytes cannot be had but from the buffer. */
  StoredTensor(String name, StoredType type, StridedShape layout, ByteBuffer bytes) {
    this(name, type, layout, bytes, null);
  }

  /**
   * @param bytes from the first element to the end of the farthest one, little endian, direct,
   *     aligned to the element size
   * @param source the same bytes to be read
   */
  StoredTensor(
      String name,
      StoredType type,
      StridedShape layout,
      ByteBuffer bytes,
      @Nullable FileBytes source) {
    if (bytes.remaining() != layout.span() * type.bytes()) {
      throw new IllegalArgumentException(
          "%d bytes for %s %s".formatted(bytes.remaining(), type, layout));
    }
    this.name = name;
    this.type = type;
    this.layout = layout;
    this.bytes = bytes;
    this.source = source;
  }

  /** Its key in the file, whatever part of it this is and whatever a layout calls it. */
  public String name() {
    return name;
  }

  /** How the elements are encoded. */
  public StoredType type() {
    return type;
  }

  /** The dimensions, outermost first; empty for a scalar. */
  public List<Long> shape() {
    return layout.shape();
  }

  /** The distance between neighbours along each dimension, in elements. */
  public List<Long> strides() {
    return layout.strides();
  }

  /** The number of elements. */
  public long count() {
    return layout.count();
  }

  /**
   * The elements in row-major order: a direct, read-only, little-endian buffer aligned to the
   * element size. It is the file itself where the elements lie in that order there, else a copy.
   */
  public ByteBuffer bytes() {
    ByteBuffer ordered = layout.isRowMajor() ? bytes.slice() : gathered();
    return ordered.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A tensor over the mapped bytes; nothing is copied, and it must not be written to. */
  public Tensor view() {
    return Tensor.mapped(
        bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN),
        type.dtype(),
        toArray(shape()),
        toArray(strides()));
  }

  /**
   * A copy in memory of its own. It is read from the file, whose pages do not stay in memory beside
   * it; so what is converted or computed with once is best taken from here.
   *
   * @param dtype the element type of the copy
   */
  public Tensor copy(DType dtype) {
    FileBytes from = source;
    return from != null && layout.isRowMajor()
        ? TensorInput.read(from::read, type.dtype(), dtype, toArray(shape()))
        : view().to(dtype).copy();
  }

  /**
   * A part of it.
   *
   * @param dimension counted from 0
   * @param start the first entry along that dimension
   * @param length how many entries
   * @throws IllegalArgumentException if it has no such part
   */
  public StoredTensor narrow(int dimension, long start, long length) {
    Objects.checkIndex(dimension, shape().size());
    long extent = shape().get(dimension);
    if (start < 0 || length < 0 || start > extent - length) {
      throw new IllegalArgumentException(
          "entries %d to %d along dimension %d of %s"
              .formatted(start, start + length, dimension, this));
    }
    StridedShape part = layout.withExtent(dimension, length);
    long skipped = part.count() == 0 ? 0 : start * strides().get(dimension);
    return new StoredTensor(
        name,
        type,
        part,
        bytes.slice(
            bytes.position() + Math.toIntExact(skipped * type.bytes()),
            Math.toIntExact(part.span() * type.bytes())),
        source == null ? null : source.from(skipped * type.bytes()));
  }

  /**
   * A matrix with rows and columns exchanged.
   *
   * @throws IllegalArgumentException if it is no matrix
   */
  public StoredTensor transpose() {
    if (shape().size() != 2) {
      throw new IllegalArgumentException("the transpose of " + this);
    }
    return new StoredTensor(name, type, layout.transposed(), bytes, source);
  }

  /**
   * The same elements in the same order under other dimensions.
   *
   * @throws IllegalArgumentException if the counts differ, or it cannot be had without copying
   */
  public StoredTensor reshape(long... shape) {
    List<Long> wanted = Arrays.stream(shape).boxed().toList();
    return new StoredTensor(name, type, layout.reshaped(wanted), bytes, source);
  }

  /**
   * A copy of floating-point elements on the heap, in row-major order; doubles are rounded.
   *
   * @throws IllegalStateException if the elements are not floating-point
   */
  public float[] toFloats() {
    ByteBuffer in = bytes();
    float[] values = new float[Math.toIntExact(count())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type()) {
            case F64 -> (float) in.getDouble(8 * i);
            case F32 -> in.getFloat(4 * i);
            case F16 -> halfToFloat(in.getShort(2 * i));
            case BF16 -> Float.intBitsToFloat(in.getShort(2 * i) << 16);
            default -> throw new IllegalStateException(name() + " holds " + type());
          };
    }
    return values;
  }

  /**
   * A copy of whole-number elements on the heap, in row-major order.
   *
   * @throws IllegalStateException if the elements are floating-point
   */
  public long[] toLongs() {
    ByteBuffer in = bytes();
    long[] values = new long[Math.toIntExact(count())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type()) {
            case I64 -> in.getLong(8 * i);
            case I32 -> in.getInt(4 * i);
            case I16 -> in.getShort(2 * i);
            case I8 -> in.get(i);
            case U8, BOOL -> in.get(i) & 0xff;
            default -> throw new IllegalStateException(name() + " holds " + type());
          };
    }
    return values;
  }

  @Override
  public String toString() {
    return "%s %s%s".formatted(name(), type(), shape());
  }

  private ByteBuffer gathered() {
    ByteBuffer ordered = ByteBuffer.allocateDirect(Math.toIntExact(count() * type.bytes()));
    gather(0, bytes.position(), ordered);
    return ordered.flip().asReadOnlyBuffer();
  }

  private void gather(int dimension, int at, ByteBuffer ordered) {
    if (dimension == shape().size()) {
      ordered.put(ordered.position(), bytes, at, type.bytes());
      ordered.position(ordered.position() + type.bytes());
      return;
    }
    int step = (int) (strides().get(dimension) * type.bytes());
    for (long i = 0; i < shape().get(dimension); i++) {
      gather(dimension + 1, at + (int) i * step, ordered);
    }
  }

  private static long[] toArray(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1f;
    int mantissa = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = mantissa * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int widened = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | widened << 23 | mantissa << 13);
  }
}
