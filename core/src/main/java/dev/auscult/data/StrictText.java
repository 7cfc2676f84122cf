package dev.auscult.data;

import dev.auscult.base.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Text files as UTF-8 that is checked, without a byte order mark, with lines of bounded length. */
final class StrictText {
  /** The longest line or record in characters; no report is as long. */
  static final int MAX_LINE = 4 << 20;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private StrictText() {}

  /** Opens a file; malformed UTF-8 throws {@link CharacterCodingException} when it is reached. */
  static Reader open(Path file) throws IOException {
    Reader decoded =
        new InputStreamReader(
            Files.newInputStream(file),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
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

  /** Says what is wrong with a file that could not be read. */
  static InputException unreadable(Path file, @Nullable Throwable e) {
    if (e instanceof CharacterCodingException) {
      return new InputException(
          file.toString(),
          "bytes that are not UTF-8 text",
          "a text file in UTF-8",
          "check that it is the right file, or convert it",
          e);
    }
    String found = e instanceof NoSuchFileException ? "no such file" : "a file that cannot be read";
    return new InputException(file.toString(), found, "a readable file", "check the path", e);
  }
}
