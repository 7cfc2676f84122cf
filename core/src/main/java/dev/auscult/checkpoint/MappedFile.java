package dev.auscult.checkpoint;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.zip.RandomAccess;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A file of weights as bytes and read-only mappings. */
final class MappedFile implements RandomAccess {
  /** The most bytes that one buffer can hold. */
  static final long MAX_WINDOW = Integer.MAX_VALUE;

  private final FileChannel channel;
  private final FileBytes content;

  private MappedFile(FileChannel channel, FileBytes content) {
    this.channel = channel;
    this.content = content;
  }

  /** What is done with the file while it is open; mappings outlive that. */
  interface Reading<T> {
    T from(MappedFile file) throws IOException;
  }

  /**
   * Bytes of the file.
   *
   * @param begin the first
   * @param end one past the last, at most {@link #MAX_WINDOW} later
   */
  record Range(long begin, long end) {}

  /**
   * Opens a file, reads it and closes it.
   *
   * @param kind what the file should be, with its article
   * @throws InputException if it is absent or cannot be read
   */
  static <T> T read(Path file, String kind, Reading<T> reading) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return reading.from(new MappedFile(channel, FileBytes.of(file)));
    } catch (NoSuchFileException e) {
      throw new InputException(file.toString(), "no such file", kind, "check the path", e);
    } catch (IOException e) {
      throw new InputException(
          file.toString(),
          "it cannot be read (" + e.getMessage() + ")",
          kind,
          "check the path and its permissions",
          e);
    }
  }

  /** The path, for messages. */
  String name() {
    return content.file().toString();
  }

  /** The bytes from {@code begin} on, to be read when this is closed. */
  FileBytes from(long begin) {
    return content.from(begin);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  /** A copy of some bytes on the heap. */
  @Override
  public byte[] bytes(long at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
    return buffer.array();
  }

  /**
   * Maps ranges of the file, in as few windows as one mapping's size allows.
   *
   * @return a buffer for each range, in the same order
   */
  List<ByteBuffer> map(List<Range> ranges) throws IOException {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong(i -> ranges.get(i).begin()));
    ByteBuffer[] buffers = new ByteBuffer[ranges.size()];
    for (int from = 0, to; from < order.size(); from = to) {
      long begin = ranges.get(order.get(from)).begin();
      long end = begin;
      for (to = from; to < order.size(); to++) {
        long next = ranges.get(order.get(to)).end();
        if (next - begin > MAX_WINDOW) {
          break;
        }
        end = Math.max(end, next);
      }
      ByteBuffer window = window(begin, end - begin);
      for (int i : order.subList(from, to)) {
        Range range = ranges.get(i);
        buffers[i] =
            window.slice((int) (range.begin() - begin), (int) (range.end() - range.begin()));
      }
    }
    return Arrays.asList(buffers);
  }

  private ByteBuffer window(long at, long length) throws IOException {
    return length == 0
        ? ByteBuffer.allocateDirect(0).asReadOnlyBuffer()
        : channel.map(MapMode.READ_ONLY, at, length);
  }

  /** The same bytes outside the heap, where elements of any type are aligned. */
  static ByteBuffer aligned(ByteBuffer bytes) {
    return ByteBuffer.allocateDirect(bytes.remaining())
        .put(bytes.duplicate())
        .flip()
        .asReadOnlyBuffer();
  }
}
