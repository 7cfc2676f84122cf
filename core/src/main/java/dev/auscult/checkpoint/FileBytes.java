package dev.auscult.checkpoint;

import dev.auscult.base.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * Bytes of a file that are mapped, and can be read as well: what is read does not stay in memory as
 * pages of the file beside the copy that was made of it.
 *
 * @param file the file
 * @param size how long it was when it was opened
 * @param modified when it had last been written then
 * @param begin the first of the bytes
 */
record FileBytes(Path file, long size, FileTime modified, long begin) {

  /** The whole file as it is now. */
  static FileBytes of(Path file) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileBytes(file, now.size(), now.lastModifiedTime(), 0);
  }

  /** The bytes from {@code offset} on. */
  FileBytes from(long offset) {
    return new FileBytes(file, size, modified, begin + offset);
  }

  /**
   * Fills a buffer.
   *
   * @param at how many of the bytes precede
   * @throws InputException if the file cannot be read or is no longer what was opened
   */
  void read(long at, ByteBuffer into) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      requireUnchanged();
      long next = begin + at;
      while (into.hasRemaining()) {
        int read = channel.read(into, next);
        if (read < 0) {
          throw new EOFException("it became shorter");
        }
        next += read;
      }
    } catch (IOException e) {
      throw changed("it cannot be read any more (" + e.getMessage() + ")", e);
    }
  }

  private void requireUnchanged() throws IOException {
    FileBytes now = of(file);
    if (now.size != size || !now.modified.equals(modified)) {
      throw new IOException("it was written to while it was loaded");
    }
  }

  private InputException changed(String found, IOException cause) {
    return new InputException(
        file.toString(), found, "a file that stays as it is", "load the model again", cause);
  }
}
