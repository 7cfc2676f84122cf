package dev.auscult.balance;

import dev.auscult.base.ContentHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the examination of explanations leaves on disk: {@code quality} and, where layers are
 * shuffled, {@code shuffled-layers}, each as {@code .jsonl} and {@code .csv}; see {@link RowTable}.
 */
public final class QualityRows implements AutoCloseable {
  private final RowTable<QualityLine> examined;
  private final Optional<RowTable<ShuffledLine>> shuffled;

  private QualityRows(RowTable<QualityLine> examined, Optional<RowTable<ShuffledLine>> shuffled) {
    this.examined = examined;
    this.shuffled = shuffled;
  }

  /**
   * Begins in a folder, or continues what was begun there.
   *
   * @param run identifies models, data and configuration
   * @throws dev.auscult.base.InputException if the folder holds the rows of another run
   * @throws IOException if the folder cannot be written
   */
  public static QualityRows open(Path folder, ContentHash run, QualityConfig quality)
      throws IOException {
    RowTable<QualityLine> examined = RowTable.open(folder, QualityLine.FORMAT, run);
    try {
      return new QualityRows(
          examined,
          quality.shuffles()
              ? Optional.of(RowTable.open(folder, ShuffledLine.FORMAT, run))
              : Optional.empty());
    } catch (IOException | RuntimeException e) {
      examined.close();
      throw e;
    }
  }

  /** A row per sample. */
  RowTable<QualityLine> examined() {
    return examined;
  }

  /** A row per depth and sample; empty where no layers are shuffled. */
  Optional<RowTable<ShuffledLine>> shuffled() {
    return shuffled;
  }

  /**
   * Ends a complete run: all files get their final form and name.
   *
   * @throws IOException if a file cannot be written
   */
  public void finish() throws IOException {
    examined.finish();
    if (shuffled.isPresent()) {
      shuffled.get().finish();
    }
  }

  /** Leaves what is finished on disk, for the same run to continue. */
  @Override
  public void close() throws IOException {
    examined.close();
    if (shuffled.isPresent()) {
      shuffled.get().close();
    }
  }
}
