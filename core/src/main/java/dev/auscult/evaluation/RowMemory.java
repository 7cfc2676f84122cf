package dev.auscult.evaluation;

import dev.auscult.base.ByteUnit;
import dev.auscult.base.InputException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Whether the rows of a file fit into memory: rather a sentence now than running out of it in an
 * hour. Figures that rank need every row at once; only numbers are kept of it, never its text.
 */
final class RowMemory {
  /** What an {@link IdIndex} can hold, less what is read between two checks. */
  private static final long MOST = 500_000_000;

  private final Path file;
  private final ReadOptions options;
  private final long bytesPerRow;
  private final long size;

  /**
   * Of one file.
   *
   * @param size of the file in bytes as its rows stand in it, 0 if that is not known
   */
  RowMemory(Path file, Header header, ReadOptions options, long size) {
    this.file = file;
    this.options = options;
    this.size = size;
    int attributes = header.groups().size();
    long slices = 1 + attributes * (attributes + 1L) / 2;
    int scores = header.scores().size();
    int patient = header.patient() < 0 ? 0 : 76;
    this.bytesPerRow = 110 + patient + 24L * scores + slices * 32L * (scores + 1);
  }

  /**
   * Refuses more rows than fit.
   *
   * @param rows that are kept
   * @param line where the last one begins
   * @param read bytes of the file up to there
   */
  void check(long rows, long line, long read) {
    if (rows > MOST) {
      throw new InputException(
          "%s line %d".formatted(file, line),
          "more than %s rows to evaluate".formatted(count(MOST)),
          "at most as many",
          "evaluate some of the patients");
    }
    if (rows * bytesPerRow <= options.rowBytes()) {
      return;
    }
    long all = size == 0 ? 0 : Math.max(rows, (long) ((double) rows * size / read));
    double needed = options.heapFor((all == 0 ? 2 * rows : all) * (double) bytesPerRow);
    throw new InputException(
        "%s line %d".formatted(file, line),
        "more rows than fit into memory: %s so far%s, at %d bytes each"
            .formatted(
                count(rows),
                all == 0 ? "" : ", about %s in all".formatted(count(all)),
                bytesPerRow),
        "at most %s in the %s that Java may use%s"
            .formatted(
                count((long) options.rowBytes() / bytesPerRow),
                ByteUnit.words(options.heap()),
                options.files() == 1 ? "" : " for " + options.files() + " files"),
        "give Java more memory with AUSCULT_JAVA_OPTS=-Xmx%dg, or evaluate some of the patients"
            .formatted((long) Math.ceil(needed / (1L << 30))));
  }

  private static String count(long rows) {
    return rows < 1_000_000
        ? String.valueOf(rows)
        : String.format(Locale.ROOT, "%.1f million", rows / 1e6);
  }
}
