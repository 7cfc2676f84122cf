package dev.auscult.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/**
 * How the elements of a stored tensor are encoded, little-endian; named as in safetensors, in the
 * order in which the reference writer lays tensors out.
 */
public enum StoredType {
  /** Two's complement, 64 bits. */
  I64(8),
  /** IEEE double. */
  F64(8),
  /** IEEE single. */
  F32(4),
  /** Two's complement, 32 bits. */
  I32(4),
  /** The upper half of an IEEE single. */
  BF16(2),
  /** IEEE half. */
  F16(2),
  /** Two's complement, 16 bits. */
  I16(2),
  /** Two's complement, 8 bits. */
  I8(1),
  /** Unsigned, 8 bits. */
  U8(1),
  /** One byte, 0 or 1. */
  BOOL(1);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
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
