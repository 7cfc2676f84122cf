package dev.auscult.balance;

import dev.auscult.base.AtomicFile;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Lines of a long run on disk, one JSON object each. While it runs they are appended to {@code
 * NAME.partial}, of which only whole lines count; an interrupted run continues there, and a
 * complete one gives the file its name.
 */
final class RowLog implements AutoCloseable {
  private final Path file;
  private final Path partial;
  private final FileChannel lines;

  private RowLog(Path file, Path partial, FileChannel lines) {
    this.file = file;
    this.partial = partial;
    this.lines = lines;
  }

  /**
   * Begins a run's lines, or takes up those that it wrote before.
   *
   * @param name of the complete file
   * @param run identifies what the lines depend on
   * @param known takes each line that is there; a line that it refuses with an {@link
   *     IllegalArgumentException} is damaged, and dropped with all that follow
   * @throws InputException if the folder holds the lines of another run
   * @throws IOException if the folder cannot be written
   */
  static RowLog open(Path folder, String name, ContentHash run, Consumer<String> known)
      throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name);
    Path partial = folder.resolve(name + ".partial");
    Path fingerprint = folder.resolve(name + ".fingerprint");
    boolean begun = Files.exists(fingerprint);
    if (begun) {
      checkSame(fingerprint, run);
      if (Files.exists(file)) {
        Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    FileChannel lines =
        FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lines.truncate(begun ? forEachWhole(partial, known) : 0);
      lines.position(lines.size());
      AtomicFile.writeString(fingerprint, run.hex() + "\n");
      return new RowLog(file, partial, lines);
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  private static void checkSame(Path fingerprint, ContentHash run) throws IOException {
    if (!Files.readString(fingerprint).strip().equals(run.hex())) {
      throw new InputException(
          fingerprint.toString(),
          "the rows of another run",
          "a new folder, or the models, data and options of that run",
          "choose another --out, or delete this file to begin anew");
    }
  }

  /** Hands on whole lines up to the first that is damaged; says where it begins. */
  static long forEachWhole(Path file, Consumer<String> consumer) throws IOException {
    long whole = 0;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next != '\n') {
          line.write(next);
          continue;
        }
        try {
          consumer.accept(line.toString(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          return whole;
        }
        whole += line.size() + 1;
        line.reset();
      }
    }
    return whole;
  }

  /** Adds a line. */
  void append(String line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        lines.write(bytes);
      }
    } catch (IOException e) {
      throw new InputException(
          partial.toString(),
          "that it cannot be written: " + e.getMessage(),
          "a writable folder with space left",
          "make room and run the same command again; finished samples are kept",
          e);
    }
  }

  /** Gives the file its name, all lines being there. */
  void finish() throws IOException {
    lines.force(true);
    lines.close();
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Leaves what is there for the same run to continue. */
  @Override
  public void close() throws IOException {
    lines.close();
  }
}
