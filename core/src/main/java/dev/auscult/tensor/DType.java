package dev.auscult.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** Element types of tensors. */
public enum DType {
  /** IEEE 64-bit. */
  FLOAT64(ScalarType.Double, 8),
  /** IEEE 32-bit. */
  FLOAT32(ScalarType.Float, 4),
  /** IEEE 16-bit. */
  FLOAT16(ScalarType.Half, 2),
  /** The upper half of a 32-bit float. */
  BFLOAT16(ScalarType.BFloat16, 2),
  /** Signed 64-bit. */
  INT64(ScalarType.Long, 8),
  /** Signed 32-bit. */
  INT32(ScalarType.Int, 4),
  /** Signed 16-bit. */
  INT16(ScalarType.Short, 2),
  /** Signed 8-bit. */
  INT8(ScalarType.Char, 1),
  /** Unsigned 8-bit. */
  UINT8(ScalarType.Byte, 1),
  /** A byte that is 0 or 1. */
  BOOL(ScalarType.Bool, 1);

  final ScalarType scalarType;
  private final int bytes;

  DType(ScalarType scalarType, int bytes) {
    this.scalarType = scalarType;
    this.bytes = bytes;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
  }

  static DType of(ScalarType type) {
    for (DType candidate : values()) {
      if (candidate.scalarType == type.intern()) {
        return candidate;
      }
    }
    throw new IllegalStateException("the engine returned elements of type " + type.intern());
  }
}
