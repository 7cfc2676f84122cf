package dev.auscult.data;

import dev.auscult.base.InputException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * An array within an {@code npz} archive whose items along the first dimension are read one by one.
 * A stored array is read where it is; a compressed one is expanded into a temporary file when the
 * first item is asked for, which is gone with this process. Safe for use by many threads.
 */
final class NumpyArray {
  /** The most values that {@link #integers} reads: 50 million. */
  private static final long MAX_INTEGERS = 50_000_000;

  /** Deflate cannot expand a byte to more than about 1,032. */
  private static final long MOST_EXPANSION = 1_040;

  private static final Set<String> INTEGERS =
      Set.of("u1", "i1", "b1", "u2", "i2", "u4", "i4", "u8", "i8");

  private final ZipFile archive;
  private final ZipEntry entry;
  private final String subject;
  private final NumpyHeader header;
  private @Nullable FileChannel expanded;

  private NumpyArray(ZipFile archive, ZipEntry entry, String subject, NumpyHeader header) {
    this.archive = archive;
    this.entry = entry;
    this.subject = subject;
    this.header = header;
  }

  /**
   * The array of a name in an archive.
   *
   * @throws InputException if there is none, or it is no array of numbers
   */
  static NumpyArray of(ZipFile archive, String name) {
    String subject = archive.getName() + " array " + name;
    ZipEntry entry = archive.getEntry(name + ".npy");
    if (entry == null) {
      throw new InputException(
          archive.getName(), "no array " + name, "a file of MedMNIST", "check that it is one");
    }
    try (DataInputStream in = new DataInputStream(archive.getInputStream(entry))) {
      NumpyHeader header = NumpyHeader.read(in, subject);
      checkLength(entry, header, subject);
      return new NumpyArray(archive, entry, subject, header);
    } catch (IOException e) {
      throw unreadable(subject, e);
    }
  }

  /** A shape that the file cannot hold must not be believed. */
  private static void checkLength(ZipEntry entry, NumpyHeader header, String subject) {
    long needed = header.bytes() + header.count(0, subject) * header.width();
    long possible = Math.min(entry.getSize(), (entry.getCompressedSize() + 1) * MOST_EXPANSION);
    if (needed < 0 || needed > possible) {
      throw NumpyHeader.broken(
          subject,
          "a shape of %s in %d bytes".formatted(header.shape(), entry.getCompressedSize()));
    }
  }

  NumpyHeader header() {
    return header;
  }

  /** What messages name. */
  String subject() {
    return subject;
  }

  /**
   * The bytes of item {@code index} along the first dimension, of values of one byte in row-major
   * order.
   */
  byte[] item(int index) {
    int size = Math.toIntExact(header.count(1, subject));
    long from = header.bytes() + (long) index * size;
    byte[] item = new byte[size];
    try {
      if (entry.getMethod() == ZipEntry.STORED) {
        readStored(from, item);
      } else {
        readExpanded(from, item);
      }
      return item;
    } catch (IOException e) {
      throw unreadable(subject, e);
    }
  }

  private void readStored(long from, byte[] item) throws IOException {
    try (InputStream in = archive.getInputStream(entry)) {
      in.skipNBytes(from);
      if (in.readNBytes(item, 0, item.length) < item.length) {
        throw new EOFException("it ends early");
      }
    }
  }

  private void readExpanded(long from, byte[] item) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(item);
    FileChannel file = expanded();
    while (buffer.hasRemaining()) {
      if (file.read(buffer, from + buffer.position()) < 0) {
        throw new EOFException("it ends early");
      }
    }
  }

  /** Expands no more than the header declares. */
  private synchronized FileChannel expanded() throws IOException {
    FileChannel known = expanded;
    if (known != null) {
      return known;
    }
    Path file = Files.createTempFile("auscult-", ".npy");
    FileChannel created =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
    long left = header.bytes() + header.count(0, subject);
    try (InputStream in = archive.getInputStream(entry)) {
      byte[] buffer = new byte[1 << 16];
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          break;
        }
        ByteBuffer part = ByteBuffer.wrap(buffer, 0, read);
        while (part.hasRemaining()) {
          created.write(part);
        }
        left -= read;
      }
    } catch (IOException e) {
      created.close();
      throw e;
    }
    expanded = created;
    return created;
  }

  /**
   * All values of an array of integers, row by row.
   *
   * @throws InputException if they are no integers, or too many
   */
  long[] integers() {
    long count = header.count(0, subject);
    boolean oneColumn = header.count(1, subject) == 1;
    if (!INTEGERS.contains(header.type().substring(1))) {
      throw NumpyHeader.broken(subject, "values of type " + header.type() + ", no integers");
    }
    if (count > MAX_INTEGERS || (header.columnMajor() && !oneColumn)) {
      throw NumpyHeader.broken(
          subject, "%s values of shape %s".formatted(header.type(), header.shape()));
    }
    int width = header.width();
    ByteOrder order =
        header.type().startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    long[] values = new long[(int) count];
    try (DataInputStream in = new DataInputStream(archive.getInputStream(entry))) {
      in.skipNBytes(header.bytes());
      byte[] value = new byte[width];
      ByteBuffer buffer = ByteBuffer.wrap(value).order(order);
      for (int i = 0; i < values.length; i++) {
        in.readFully(value);
        values[i] = integer(buffer);
      }
      return values;
    } catch (IOException e) {
      throw unreadable(subject, e);
    }
  }

  private long integer(ByteBuffer buffer) {
    boolean unsigned = header.type().charAt(1) != 'i';
    return switch (buffer.capacity()) {
      case 1 -> unsigned ? buffer.get(0) & 0xff : buffer.get(0);
      case 2 -> unsigned ? buffer.getShort(0) & 0xffff : buffer.getShort(0);
      case 4 -> unsigned ? Integer.toUnsignedLong(buffer.getInt(0)) : buffer.getInt(0);
      default -> buffer.getLong(0);
    };
  }

  private static InputException unreadable(String subject, IOException e) {
    return new InputException(
        subject,
        "that it cannot be read (" + e.getMessage() + ")",
        "a whole archive",
        "download the file again",
        e);
  }
}
