package dev.auscult.base;

import java.util.Locale;

/** Units in which a person reads numbers of bytes, each a thousand of the one before. */
public enum ByteUnit {
  /** One byte. */
  BYTE("B", 1),
  /** 1000 bytes. */
  KILOBYTE("kB", 1_000),
  /** A million bytes. */
  MEGABYTE("MB", 1_000_000),
  /** A thousand million bytes. */
  GIGABYTE("GB", 1_000_000_000);

  private final String symbol;
  private final long bytes;

  ByteUnit(String symbol, long bytes) {
    this.symbol = symbol;
    this.bytes = bytes;
  }

  /** As it is written behind a number. */
  public String symbol() {
    return symbol;
  }

  /** How many bytes one of it is. */
  public long bytes() {
    return bytes;
  }

  /** The largest unit of which {@code count} bytes fill at least one. */
  public static ByteUnit fitting(double count) {
    ByteUnit fitting = BYTE;
    for (ByteUnit unit : values()) {
      if (count >= unit.bytes) {
        fitting = unit;
      }
    }
    return fitting;
  }

  /** The same of a whole number of bytes. */
  public static String words(long count) {
    return words((double) count);
  }

  /** {@code count} bytes with three significant digits, e.g. {@code 605 MB} or {@code 1.20 GB}. */
  public static String words(double count) {
    ByteUnit unit = fitting(count);
    double value = count / unit.bytes;
    int decimals = unit == BYTE || value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f %s", value, unit.symbol);
  }
}
