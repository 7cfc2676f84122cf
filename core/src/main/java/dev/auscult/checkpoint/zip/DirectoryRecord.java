package dev.auscult.checkpoint.zip;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * An entry as the directory describes it.
 *
 * @param name its path in the archive
 * @param flags what the format calls general purpose bits
 * @param method how it is compressed; 0 is not at all
 * @param size how many bytes it takes
 * @param header where its own header begins
 */
record DirectoryRecord(String name, short flags, short method, long size, long header) {
  private static final int SIGNATURE = 0x02014b50;
  private static final int FIXED_SIZE = 46;
  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
  private static final int ZIP64 = 1;
  private static final long IN_EXTRA = 0xffffffffL;

  /** Reads the record at the buffer's position, and leaves that at the next. */
  static DirectoryRecord read(ByteBuffer directory, ZipErrors errors) {
    if (directory.remaining() < FIXED_SIZE) {
      throw errors.broken("a directory that is cut short");
    }
    ByteBuffer fixed = take(directory, FIXED_SIZE, errors);
    if (fixed.getInt(0) != SIGNATURE) {
      throw errors.broken("a directory with something else in it");
    }
    byte[] name = new byte[Short.toUnsignedInt(fixed.getShort(28))];
    take(directory, name.length, errors).get(name);
    ByteBuffer extra = take(directory, Short.toUnsignedInt(fixed.getShort(30)), errors);
    take(directory, Short.toUnsignedInt(fixed.getShort(32)), errors);
    return checked(errors.text(name), fixed, extra, errors);
  }

  private static DirectoryRecord checked(
      String name, ByteBuffer fixed, ByteBuffer extra, ZipErrors errors) {
    short flags = fixed.getShort(8);
    short method = fixed.getShort(10);
    if (!isPlain(name)) {
      throw errors.refused("an entry named \"" + name + "\"", "a path within the archive");
    }
    if ((flags & ENCRYPTED) != 0) {
      throw errors.refused("the encrypted entry " + name, "entries that are not encrypted");
    }
    ByteBuffer large = zip64(extra, name, errors);
    long unpacked = number(fixed.getInt(24), large, name, errors);
    long size = number(fixed.getInt(20), large, name, errors);
    long header = number(fixed.getInt(42), large, name, errors);
    if (method == 0 && size != unpacked) {
      throw errors.broken(
          "the entry %s of %d bytes that are %d unpacked".formatted(name, size, unpacked));
    }
    return new DirectoryRecord(name, flags, method, size, header);
  }

  /** Whether it could not lead out of a folder even where somebody used it as a path. */
  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && !name.startsWith("/")
        && name.chars().noneMatch(c -> c < ' ' || c == '\\')
        && !List.of(name.split("/", -1)).contains("..");
  }

  /** The part of the extra field that holds numbers beyond 32 bits; empty if there is none. */
  private static ByteBuffer zip64(ByteBuffer extra, String name, ZipErrors errors) {
    while (extra.remaining() >= 4) {
      int id = Short.toUnsignedInt(extra.getShort());
      int length = Short.toUnsignedInt(extra.getShort());
      if (length > extra.remaining()) {
        throw errors.broken("the entry %s with a broken extra field".formatted(name));
      }
      ByteBuffer field = take(extra, length, errors);
      if (id == ZIP64) {
        return field;
      }
    }
    return extra.limit(extra.position());
  }

  private static long number(int in32, ByteBuffer large, String name, ZipErrors errors) {
    long value = Integer.toUnsignedLong(in32);
    if (value == IN_EXTRA) {
      if (large.remaining() < 8) {
        throw errors.broken("the entry %s without its size or place".formatted(name));
      }
      value = large.getLong();
    }
    if (value < 0) {
      throw errors.broken("the entry %s of an impossible size or place".formatted(name));
    }
    return value;
  }

  private static ByteBuffer take(ByteBuffer bytes, int length, ZipErrors errors) {
    if (length > bytes.remaining()) {
      throw errors.broken("a directory that is cut short");
    }
    ByteBuffer taken = bytes.slice(bytes.position(), length).order(bytes.order());
    bytes.position(bytes.position() + length);
    return taken;
  }
}
