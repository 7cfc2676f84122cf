package dev.auscult.checkpoint;

import dev.auscult.tensor.DType;
import java.util.Arrays;
import java.util.Optional;

/**
 * How the elements of a stored tensor are encoded, little-endian; named as in safetensors, in the
 * order in which the reference writer lays tensors out.
 */
public enum StoredType {
  /** Two's complement, 64 bits. */
  I64(DType.INT64),
  /** IEEE double. */
  F64(DType.FLOAT64),
  /** IEEE single. */
  F32(DType.FLOAT32),
  /** Two's complement, 32 bits. */
  I32(DType.INT32),
  /** The upper half of an IEEE single. */
  BF16(DType.BFLOAT16),
  /** IEEE half. */
  F16(DType.FLOAT16),
  /** Two's complement, 16 bits. */
  I16(DType.INT16),
  /** Two's complement, 8 bits. */
  I8(DType.INT8),
  /** Unsigned, 8 bits. */
  U8(DType.UINT8),
  /** One byte, 0 or 1. */
  BOOL(DType.BOOL);

  private final DType dtype;

  StoredType(DType dtype) {
    this.dtype = dtype;
  }

  /** The engine's name of the type. */
  public DType dtype() {
    return dtype;
  }

  /** Bytes per element. */
  public int bytes() {
    return dtype.bytes();
  }

  /** Whether the elements are floating-point numbers. */
  public boolean isFloating() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /** The type of that name, e.g. {@code BF16}. */
  public static Optional<StoredType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }
}
