package dev.auscult.checkpoint.zip;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where an archive's directory is, as its last bytes say.
 *
 * @param entries how many entries it has
 * @param begin its first byte
 * @param size how many bytes it takes
 */
record DirectoryEnd(long entries, long begin, long size) {
  private static final int SIGNATURE = 0x06054b50;
  private static final int FIXED_SIZE = 22;
  private static final int MAX_COMMENT = 0xffff;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_SIZE = 20;
  private static final int LARGE_SIGNATURE = 0x06064b50;
  private static final int LARGE_SIZE = 56;

  /** Finds it; what follows it may be a comment that reaches exactly to the file's end. */
  static DirectoryEnd find(RandomAccess archive, ZipErrors errors) throws IOException {
    long size = archive.size();
    long from = Math.max(0, size - FIXED_SIZE - MAX_COMMENT);
    ByteBuffer tail = errors.littleEndian(archive.bytes(from, (int) (size - from)));
    for (int at = tail.limit() - FIXED_SIZE; at >= 0; at--) {
      if (tail.getInt(at) == SIGNATURE
          && Short.toUnsignedInt(tail.getShort(at + 20)) == tail.limit() - at - FIXED_SIZE) {
        return read(archive, from + at, tail.slice(at, FIXED_SIZE).order(tail.order()), errors);
      }
    }
    throw errors.broken("no directory at the end of the archive");
  }

  private static DirectoryEnd read(RandomAccess archive, long at, ByteBuffer end, ZipErrors errors)
      throws IOException {
    if (end.getShort(4) != 0 || end.getShort(6) != 0 || end.getShort(8) != end.getShort(10)) {
      throw errors.refused("a part of a split archive", "a whole one");
    }
    DirectoryEnd small =
        new DirectoryEnd(
            Short.toUnsignedLong(end.getShort(10)),
            Integer.toUnsignedLong(end.getInt(16)),
            Integer.toUnsignedLong(end.getInt(12)));
    DirectoryEnd found = small.enlarged(archive, at, errors);
    if (found.begin < 0 || found.size < 0 || found.entries < 0 || found.begin > at - found.size) {
      throw errors.broken("a directory beyond the file's end");
    }
    return found;
  }

  /** The numbers of the 64-bit record before the end, where there is one. */
  private DirectoryEnd enlarged(RandomAccess archive, long at, ZipErrors errors)
      throws IOException {
    if (at < LOCATOR_SIZE) {
      return this;
    }
    ByteBuffer locator = errors.littleEndian(archive.bytes(at - LOCATOR_SIZE, LOCATOR_SIZE));
    if (locator.getInt(0) != LOCATOR_SIGNATURE) {
      return this;
    }
    long place = locator.getLong(8);
    if (place < 0 || place > at - LOCATOR_SIZE - LARGE_SIZE || locator.getInt(4) != 0) {
      throw errors.broken("a 64-bit directory record beyond the file's end");
    }
    ByteBuffer large = errors.littleEndian(archive.bytes(place, LARGE_SIZE));
    DirectoryEnd found = new DirectoryEnd(large.getLong(32), large.getLong(48), large.getLong(40));
    if (large.getInt(0) != LARGE_SIGNATURE
        || large.getLong(24) != large.getLong(32)
        || contradicts(found)) {
      throw errors.broken("two records of the directory that differ");
    }
    return found;
  }

  /** Whether a number differs that fits its 32-bit field. */
  private boolean contradicts(DirectoryEnd large) {
    return (entries != 0xffff && entries != large.entries)
        || (begin != 0xffffffffL && begin != large.begin)
        || (size != 0xffffffffL && size != large.size);
  }
}
