package dev.auscult.pretrain;

import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Prepares batches on a thread of its own, at most {@value #AHEAD} before they are asked for, and
 * hands them out in order.
 */
final class BatchQueue implements AutoCloseable {
  private static final int AHEAD = 3;

  private final LongFunction<Batch> maker;
  private final long end;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread worker = new Thread(task, "batches");
            worker.setDaemon(true);
            return worker;
          });
  private final ArrayDeque<Future<Batch>> prepared = new ArrayDeque<>();
  private long asked;

  /** Batches numbered {@code from} (inclusive) to {@code end} (exclusive). */
  BatchQueue(LongFunction<Batch> maker, long from, long end) {
    this.maker = maker;
    this.end = end;
    this.asked = from;
  }

  /** The next batch; waits for it if need be. */
  Batch next() {
    fill();
    Future<Batch> first = prepared.remove();
    fill();
    try {
      return first.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("preparing a batch failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a batch", e);
    }
  }

  private void fill() {
    while (prepared.size() < AHEAD && asked < end) {
      long number = asked++;
      prepared.add(thread.submit(() -> maker.apply(number)));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
