package dev.auscult.base;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes a file beside its target and renames it when complete: readers never see half a file. */
public final class AtomicFile {
  private static final Pattern PARTIAL = Pattern.compile("\\..+\\.[0-9a-f-]{36}\\.partial");

  private AtomicFile() {}

  /** Produces the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes the whole content; the stream is flushed and closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes {@code target}, replacing an earlier version only once the new one is complete and
   * synced to disk.
   *
   * @throws UnwrittenFileException if the content could not be written; the earlier version is then
   *     untouched
   */
  public static void write(Path target, Content content) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("not a file name: " + target);
    }
    try {
      Files.createDirectories(folder);
      replace(target, folder, content);
    } catch (IOException e) {
      throw UnwrittenFileException.of(target, e);
    }
  }

  private static void replace(Path target, Path folder, Content content) throws IOException {
    Path partial =
        folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".partial");
    try {
      try (FileChannel channel =
          FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /**
   * Deletes what a process left in {@code folder} that was killed while it wrote; nobody else may
   * be writing there.
   *
   * @throws IOException if the folder cannot be read or a file not deleted
   */
  public static void removeLeftovers(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (PARTIAL.matcher(String.valueOf(file.getFileName())).matches()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Writes {@code text} as UTF-8. */
  public static void writeString(Path target, String text) throws IOException {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
