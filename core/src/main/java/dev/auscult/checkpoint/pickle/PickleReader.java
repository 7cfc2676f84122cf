package dev.auscult.checkpoint.pickle;

import dev.auscult.base.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle; lengths that reach beyond them are refused before anything is made. */
final class PickleReader {
  private static final int MAX_LINE = 1000;

  private final ByteBuffer bytes;
  private final String file;
  private int opcodeAt;

  PickleReader(ByteBuffer bytes, String file) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.file = file;
  }

  int opcode() {
    opcodeAt = bytes.position();
    return unsignedByte();
  }

  int unsignedByte() {
    require(1);
    return bytes.get() & 0xff;
  }

  int unsignedShort() {
    require(2);
    return bytes.getShort() & 0xffff;
  }

  int signedInt() {
    require(4);
    return bytes.getInt();
  }

  long unsignedInt() {
    return Integer.toUnsignedLong(signedInt());
  }

  /** A length of 64 bits. */
  long length() {
    require(8);
    return bytes.getLong();
  }

  String text(long length) {
    return decode(take(length));
  }

  /** Text up to the end of its line. */
  String line() {
    for (int end = bytes.position(); end < bytes.limit(); end++) {
      if (bytes.get(end) == '\n') {
        String line = decode(take((long) end - bytes.position()));
        bytes.get();
        return line;
      }
      if (end - bytes.position() > MAX_LINE) {
        break;
      }
    }
    throw broken("a name without end");
  }

  /** A whole number of any size, little-endian, two's complement; opaque beyond 64 bits. */
  Pickled whole(long length) {
    ByteBuffer digits = take(length);
    if (length > 8) {
      return Pickled.Opaque.VALUE;
    }
    long value = length > 0 && digits.get((int) length - 1) < 0 ? -1 : 0;
    for (int i = (int) length - 1; i >= 0; i--) {
      value = value << 8 | (digits.get(i) & 0xff);
    }
    return new Pickled.Whole(value);
  }

  void skip(long length) {
    take(length);
  }

  private ByteBuffer take(long length) {
    require(length);
    ByteBuffer taken = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return taken;
  }

  private static String decode(ByteBuffer utf8) {
    return StandardCharsets.UTF_8.decode(utf8).toString();
  }

  private void require(long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw broken(
          "%s more bytes declared where %d are left"
              .formatted(Long.toUnsignedString(length), bytes.remaining()));
    }
  }

  /** The error for a pickle that does not hold together. */
  InputException broken(String found) {
    return refused(found, "a whole pickle", "the file is damaged: obtain it again");
  }

  /** An error at the operation that was read last. */
  InputException refused(String found, String expected, String nextStep) {
    return new InputException(
        file, "%s (at byte %d)".formatted(found, opcodeAt), expected, nextStep);
  }
}
