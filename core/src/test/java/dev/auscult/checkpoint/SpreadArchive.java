package dev.auscult.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Writes the entries of an archive far apart, which takes zip64 where they exceed 4 GB. */
final class SpreadArchive {
  private static final int IN_EXTRA = -1;

  private SpreadArchive() {}

  static void write(Path from, Path to, long apart) throws IOException {
    ByteBuffer directory = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    long at = 0;
    long count = 0;
    try (ZipFile in = new ZipFile(from.toFile());
        FileChannel out =
            FileChannel.open(
                to,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        byte[] name = entry.getName().getBytes(StandardCharsets.UTF_8);
        byte[] data = in.getInputStream(entry).readAllBytes();
        int padding = 64 - (30 + name.length) % 64;
        out.write(header(name, data, padding), at);
        directory.put(record(name, data.length, at));
        at += apart;
        count++;
      }
      out.write(end(directory.flip(), count, at), at);
    }
  }

  private static ByteBuffer header(byte[] name, byte[] data, int padding) {
    return buffer(30 + name.length + padding + data.length)
        .putInt(0x04034b50)
        .putInt(18, data.length)
        .putInt(22, data.length)
        .putShort(26, (short) name.length)
        .putShort(28, (short) padding)
        .position(30)
        .put(name)
        .position(30 + name.length + padding)
        .put(data)
        .flip();
  }

  private static ByteBuffer record(byte[] name, int size, long at) {
    return buffer(46 + name.length + 12)
        .putInt(0x02014b50)
        .putInt(20, size)
        .putInt(24, size)
        .putShort(28, (short) name.length)
        .putShort(30, (short) 12)
        .putInt(42, IN_EXTRA)
        .position(46)
        .put(name)
        .putShort((short) 1)
        .putShort((short) 8)
        .putLong(at)
        .flip();
  }

  private static ByteBuffer end(ByteBuffer directory, long count, long at) {
    int size = directory.remaining();
    return buffer(size + 56 + 20 + 22)
        .put(directory)
        .putInt(0x06064b50)
        .putLong(44)
        .putLong(0)
        .putLong(0)
        .position(size + 24)
        .putLong(count)
        .putLong(count)
        .putLong(size)
        .putLong(at)
        .putInt(0x07064b50)
        .putInt(0)
        .putLong(at + size)
        .putInt(1)
        .putInt(0x06054b50)
        .putInt(0)
        .putShort((short) count)
        .putShort((short) count)
        .putInt(size)
        .putInt(IN_EXTRA)
        .putShort((short) 0)
        .flip();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
