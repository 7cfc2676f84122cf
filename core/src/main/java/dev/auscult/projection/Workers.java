package dev.auscult.projection;

import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Threads that work on rows, each row by one of them, so that no sum depends on their number. */
final class Workers implements AutoCloseable {
  /** Handing fewer rows to other threads costs more than it saves. */
  static final int WORTHWHILE = 192;

  private final ForkJoinPool pool;

  Workers(int threads) {
    pool = new ForkJoinPool(threads);
  }

  /** Does {@code row} for 0 to {@code rows - 1} and returns when all are done. */
  void each(int rows, IntConsumer row) {
    if (rows < WORTHWHILE || pool.getParallelism() == 1) {
      IntStream.range(0, rows).forEach(row);
    } else {
      pool.submit(() -> IntStream.range(0, rows).parallel().forEach(row)).join();
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
