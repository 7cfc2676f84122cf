package dev.auscult.balance;

import dev.auscult.base.AtomicFile;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.data.Dataset.Skipped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an audit on disk. While it runs, finished samples are appended to {@code
 * attributions.jsonl.partial}, of which only whole lines count; an interrupted audit continues
 * there. When it is complete, {@code samples.csv} and {@code skipped.csv} are written and the lines
 * get their final name, {@code attributions.jsonl}; the same audit opened again knows them all.
 *
 * <p>A folder serves one run at a time, and what one audit began there no other continues or
 * replaces.
 */
public final class AuditRows implements AutoCloseable {
  static final String LINES = "attributions.jsonl";
  static final String SKIPPED = "skipped.csv";
  private static final String PARTIAL = LINES + ".partial";

  /** Says whose lines these are. */
  static final String FINGERPRINT = "audit.fingerprint";

  private final Path folder;
  private final FileChannel lines;
  private final Map<String, Map<String, SampleFigures>> finished = new HashMap<>();
  private final Map<String, List<String>> leftOut = new HashMap<>();

  private AuditRows(Path folder, FileChannel lines) {
    this.folder = folder;
    this.lines = lines;
  }

  /**
   * Begins an audit in a folder, continues it where it was interrupted, or takes up what it found.
   *
   * @param audit identifies models, data and configuration
   * @throws InputException if the folder holds another audit's rows, or is in use
   * @throws IOException if the folder cannot be written
   */
  public static AuditRows open(Path folder, ContentHash audit) throws IOException {
    Files.createDirectories(folder);
    boolean known = Files.exists(folder.resolve(FINGERPRINT));
    if (known) {
      checkSame(folder, audit);
    }
    FileChannel lines = lock(folder);
    try {
      AtomicFile.removeLeftovers(folder);
      AuditRows rows = new AuditRows(folder, lines);
      if (known && Files.exists(folder.resolve(LINES))) {
        rows.takeUpFinished();
      }
      lines.truncate(known ? rows.readFinished() : 0);
      lines.position(lines.size());
      AtomicFile.writeString(folder.resolve(FINGERPRINT), audit.hex() + "\n");
      return rows;
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  private static void checkSame(Path folder, ContentHash audit) throws IOException {
    String found = Files.readString(folder.resolve(FINGERPRINT)).strip();
    if (!found.equals(audit.hex())) {
      throw new InputException(
          folder.toString(),
          "the rows of another audit",
          "a new folder, or the models, data and options of that audit",
          "choose another --out, or delete " + FINGERPRINT + " there to begin anew");
    }
  }

  /**
   * The final file stays as it is until a whole one replaces it; a copy of it that an earlier run
   * did not complete is of no use.
   */
  private void takeUpFinished() throws IOException {
    lines.truncate(0);
    Files.copy(folder.resolve(LINES), Channels.newOutputStream(lines));
    Path skipped = folder.resolve(SKIPPED);
    if (Files.exists(skipped)) {
      SampleTable.readSkipped(skipped)
          .forEach(
              entry ->
                  leftOut.computeIfAbsent(entry.id(), id -> new ArrayList<>()).add(entry.reason()));
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel lines =
        FileChannel.open(
            folder.resolve(PARTIAL), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(lines) == null) {
      lines.close();
      throw new InputException(
          folder.toString(),
          "another audit at work there",
          "a folder that no other run uses",
          "wait for it, or choose another --out");
    }
    return lines;
  }

  private static @Nullable FileLock tryLock(FileChannel lines) throws IOException {
    try {
      return lines.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private long readFinished() throws IOException {
    return AttributionsFile.forEachWholeLine(
        folder.resolve(PARTIAL),
        line ->
            known(line.model(), line.preset())
                .put(line.balance().id(), SampleFigures.of(line.balance())));
  }

  private Map<String, SampleFigures> known(String model, String preset) {
    return finished.computeIfAbsent(model + '\n' + preset, name -> new HashMap<>());
  }

  /** Where the samples of a model under a preset go. */
  public BalanceSink of(String model, Preset preset) {
    Map<String, SampleFigures> known = known(model, preset.label());
    return new BalanceSink() {
      @Override
      public Optional<SampleFigures> finished(String id) {
        return Optional.ofNullable(known.get(id));
      }

      @Override
      public List<String> leftOut(String id) {
        return leftOut.getOrDefault(id, List.of());
      }

      @Override
      public void accept(SampleBalance balance) {
        append(new AttributionLine(model, preset.label(), balance).format() + "\n");
      }
    };
  }

  private void append(String line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        lines.write(bytes);
      }
    } catch (IOException e) {
      throw new InputException(
          folder.resolve(PARTIAL).toString(),
          "that it cannot be written: " + e.getMessage(),
          "a writable folder with space left",
          "make room and run the same command again; finished samples are kept",
          e);
    }
  }

  /**
   * Ends a complete audit: all files get their final form and name.
   *
   * @param skipped samples without a result; one found by several models is listed once
   * @throws IOException if a file cannot be written
   */
  public void finish(AuditTask task, List<Skipped> skipped) throws IOException {
    lines.force(true);
    lines.close();
    SampleTable.writeSamples(folder.resolve("samples.csv"), task, folder.resolve(PARTIAL));
    SampleTable.writeSkipped(folder.resolve(SKIPPED), skipped);
    Files.move(
        folder.resolve(PARTIAL),
        folder.resolve(LINES),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Leaves what is finished on disk, for the same audit to continue. */
  @Override
  public void close() throws IOException {
    lines.close();
  }
}
