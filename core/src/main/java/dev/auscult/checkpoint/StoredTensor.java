package dev.auscult.checkpoint;

import dev.auscult.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A read-only tensor whose bytes lie in a mapped file; holding it keeps the file mapped. */
public final class StoredTensor {
  private final TensorEntry entry;
  private final ByteBuffer bytes;

  StoredTensor(TensorEntry entry, ByteBuffer bytes) {
    this.entry = entry;
    this.bytes = bytes;
  }

  /** Its key in the file. */
  public String name() {
    return entry.name();
  }

  /** How the elements are encoded. */
  public StoredType type() {
    return entry.type();
  }

  /** The dimensions, outermost first; empty for a scalar. */
  public List<Long> shape() {
    return entry.shape();
  }

  /** The number of elements. */
  public long count() {
    return entry.size() / entry.type().bytes();
  }

  /**
   * The bytes themselves, not a copy: a direct, read-only, little-endian buffer aligned to the
   * element size.
   */
  public ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A tensor over the mapped bytes; nothing is copied, and it must not be written to. */
  public Tensor view() {
    return Tensor.mapped(
        bytes(), type().dtype(), shape().stream().mapToLong(Long::longValue).toArray());
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
