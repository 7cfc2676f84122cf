package dev.auscult.data;

import dev.auscult.base.InputException;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Text files as UTF-8 that is checked, without a byte order mark, with lines of bounded length; a
 * file whose name ends in {@code .gz} is decompressed on the way.
 */
public final class StrictText {
  /** The longest line or record in characters; no report is as long. */
  public static final int MAX_LINE = 4 << 20;

  /** The most that a compressed file may expand to: 1 GiB. */
  private static final long MAX_EXPANDED = 1L << 30;

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char REPLACEMENT = '\uFFFD';

  private StrictText() {}

  /** Opens a file; malformed UTF-8 throws {@link CharacterCodingException} when it is reached. */
  public static Reader open(Path file) throws IOException {
    return open(file, CodingErrorAction.REPORT);
  }

  /**
   * Hands each line to {@code lines} in order with its number, from 1; blank lines are passed over.
   * A line with bytes that are not UTF-8 goes to {@code damaged} instead.
   *
   * @throws InputException if the file cannot be read or a line is too long
   */
  static void forEachLine(Path file, NumberedLine lines, NumberedLine damaged) {
    try (Reader text = open(file, CodingErrorAction.REPLACE)) {
      long number = 1;
      for (String line = line(text, file + " line 1");
          line != null;
          line = line(text, file + " line " + number)) {
        if (line.indexOf(REPLACEMENT) >= 0) {
          damaged.accept(number, line);
        } else if (!line.isBlank()) {
          lines.accept(number, line);
        }
        number++;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Takes a line. */
  @FunctionalInterface
  interface NumberedLine {
    /** Takes the line of a number, counted from 1. */
    void accept(long number, String line);
  }

  private static Reader open(Path file, CodingErrorAction onMalformed) throws IOException {
    Reader decoded =
        new InputStreamReader(
            bytes(file),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(onMalformed)
                .onUnmappableCharacter(onMalformed));
    PushbackReader reader = new PushbackReader(new BufferedReader(decoded, 1 << 16), 1);
    try {
      int first = reader.read();
      if (first >= 0 && first != BYTE_ORDER_MARK) {
        reader.unread(first);
      }
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  /** Whether a file is decompressed on the way. */
  public static boolean isCompressed(Path file) {
    return file.toString().endsWith(".gz");
  }

  private static InputStream bytes(Path file) throws IOException {
    InputStream stored = Files.newInputStream(file);
    if (!isCompressed(file)) {
      return stored;
    }
    try {
      return new Bounded(new GZIPInputStream(stored, 1 << 16));
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }

  /** Ends with an error where a stream is longer than {@link #MAX_EXPANDED}. */
  private static final class Bounded extends FilterInputStream {
    private long left = MAX_EXPANDED;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      take(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      int read = super.read(to, from, length);
      take(Math.max(0, read));
      return read;
    }

    private void take(int count) throws IOException {
      left -= count;
      if (left < 0) {
        throw new IOException("it expands to more than " + MAX_EXPANDED + " bytes");
      }
    }
  }

  /**
   * The next line without its end; null at the end of the file.
   *
   * @throws InputException if it is longer than {@link #MAX_LINE}
   */
  static @Nullable String line(Reader reader, String where) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = reader.read();
    if (next < 0) {
      return null;
    }
    for (; next >= 0 && next != '\n'; next = reader.read()) {
      if (line.length() == MAX_LINE) {
        throw new InputException(
            where,
            "a line of more than " + MAX_LINE + " characters",
            "one entry per line",
            "check the file's line ends");
      }
      line.append((char) next);
    }
    int length = line.length();
    if (length > 0 && line.charAt(length - 1) == '\r') {
      line.setLength(length - 1);
    }
    return line.toString();
  }

  /** Reads the file once more; in words, empty if that is not possible. */
  private static String firstMalformedLine(Path file) {
    try (InputStream bytes = bytes(file)) {
      OptionalLong line = MalformedLine.first(bytes);
      return line.isPresent() ? " line " + line.getAsLong() : "";
    } catch (IOException e) {
      return ""; // the line is a help only: that the bytes are no text is known
    }
  }

  /** Says what is wrong with a file that could not be read. */
  public static InputException unreadable(Path file, @Nullable Throwable e) {
    if (e instanceof CharacterCodingException) {
      return new InputException(
          file + firstMalformedLine(file),
          "bytes that are not UTF-8 text",
          "a text file in UTF-8",
          "check that it is the right file, or convert it",
          e);
    }
    String found = "a file that cannot be read";
    if (e instanceof NoSuchFileException) {
      found = "no such file";
    } else if (e != null && isCompressed(file)) {
      found = "a compressed file that cannot be read (" + e.getMessage() + ")";
    }
    return new InputException(file.toString(), found, "a readable file", "check the path", e);
  }
}
