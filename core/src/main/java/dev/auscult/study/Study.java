package dev.auscult.study;

import dev.auscult.base.ContentHash;
import dev.auscult.base.Progress;
import dev.auscult.data.StudySplits.TrainingSplit;
import dev.auscult.tensor.FloatMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Fits every method on every training split of every task. A fit that is finished is on disk and
 * never computed again; several are computed at once, each in one thread, so that results do not
 * depend on their number.
 */
public final class Study {
  private final StudyConfig config;
  private final StudyData data;
  private final double logitScale;
  private final CellFiles files;

  /**
   * @param logitScale the model's factor on the cosine
   * @param folder where finished cells are kept, below {@code cells/}
   * @param hash of everything that a cell depends on
   */
  public Study(
      StudyConfig config, StudyData data, double logitScale, Path folder, ContentHash hash) {
    this.config = config;
    this.data = data;
    this.logitScale = logitScale;
    this.files = new CellFiles(folder, hash);
  }

  /** All cells in the order of tasks, methods, fractions and repetitions. */
  public List<StudyCell> cells() {
    List<StudyCell> cells = new ArrayList<>();
    for (StudyTask task : data.tasks()) {
      for (StudyMethod method : config.methods()) {
        for (TrainingSplit split : data.splits().training()) {
          cells.add(new StudyCell(task.name(), method, split.fraction(), split.repetition()));
        }
      }
    }
    return cells;
  }

  /**
   * Computes what is not finished.
   *
   * @param threads how many fits at once
   * @throws dev.auscult.base.InterruptedRunException if the user stops; finished cells are kept
   */
  public List<CellResult> run(int threads, Progress progress) {
    List<StudyCell> cells = cells();
    List<StudyCell> left = cells.stream().filter(cell -> finished(cell).isEmpty()).toList();
    try (Progress.Task task = progress.begin("fitting", cells.size())) {
      task.advance((long) cells.size() - left.size());
      compute(left, threads, progress, task);
    }
    return cells.stream().map(cell -> finished(cell).orElseThrow()).toList();
  }

  private Optional<CellResult> finished(StudyCell cell) {
    StudyTask task = task(cell);
    return files.read(cell, task.test().size(), task.prior().size());
  }

  private StudyTask task(StudyCell cell) {
    return data.tasks().stream()
        .filter(task -> task.name().equals(cell.task()))
        .findFirst()
        .orElseThrow();
  }

  private void compute(
      List<StudyCell> left, int threads, Progress progress, Progress.Task counting) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CompletionService<StudyCell> done = new ExecutorCompletionService<>(pool);
      for (StudyCell cell : left) {
        done.submit(
            () -> {
              files.write(
                  cell.method().trainsThroughEncoder()
                      ? fitAlone(cell, new Stopping(progress))
                      : fit(cell, new Stopping(progress)));
              return cell;
            });
      }
      for (int i = 0; i < left.size(); i++) {
        done.take().get();
        counting.advance(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("a fit was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private synchronized CellResult fitAlone(StudyCell cell, Progress progress) {
    return fit(cell, progress);
  }

  private CellResult fit(StudyCell cell, Progress progress) {
    progress.check();
    if (cell.method() == StudyMethod.PLAIN_CLIP) {
      FloatMatrix scores = task(cell).plainClip().orElseThrow();
      return new CellResult(cell, 0, 0, Map.of(), 0, 0, scores);
    }
    return CellFit.of(config, data, cell, logitScale).run(progress);
  }

  /** What a fit reports to: it only looks whether to go on, since several fits run at once. */
  private record Stopping(Progress progress) implements Progress {
    @Override
    public Task begin(String task, long total) {
      return new Task() {
        @Override
        public void advance(long steps) {
          progress.check();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void check() {
      progress.check();
    }
  }
}
