package dev.auscult.balance;

import dev.auscult.base.InputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads {@code attributions.jsonl} line by line, whatever its size. */
public final class AttributionsFile {
  private AttributionsFile() {}

  /**
   * Hands on every line in order.
   *
   * @throws InputException if the file ends within a line or has one that is none of ours
   * @throws IOException if it cannot be read
   */
  public static void forEach(Path file, Consumer<AttributionLine> consumer) throws IOException {
    forEachAt(file, (begin, line) -> consumer.accept(line));
  }

  /** Takes a line with the byte at which it begins. */
  interface LineAt {
    /** Takes the line that begins at a byte. */
    void accept(long begin, AttributionLine line);
  }

  /** As {@link #forEach}, with the byte at which each line begins. */
  static void forEachAt(Path file, LineAt consumer) throws IOException {
    long whole = forEachWholeLineAt(file, consumer);
    if (whole != Files.size(file)) {
      throw new InputException(
          file.toString(),
          "no attribution at byte " + whole,
          "one JSON object per line, as the audit writes them",
          "run the audit again");
    }
  }

  /**
   * Hands on every line up to the first that is incomplete or damaged.
   *
   * @return where that line begins; the file's size if there is none
   */
  static long forEachWholeLine(Path file, Consumer<AttributionLine> consumer) throws IOException {
    return forEachWholeLineAt(file, (begin, line) -> consumer.accept(line));
  }

  private static long forEachWholeLineAt(Path file, LineAt consumer) throws IOException {
    long whole = 0;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next != '\n') {
          line.write(next);
          continue;
        }
        AttributionLine parsed;
        try {
          parsed = AttributionLine.parse(line.toString(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          return whole;
        }
        consumer.accept(whole, parsed);
        whole += line.size() + 1;
        line.reset();
      }
    }
    return whole;
  }
}
