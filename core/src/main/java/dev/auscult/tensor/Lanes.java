package dev.auscult.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * Threads that compute pieces of work side by side, each piece alone. As long as they are open the
 * engine splits no operation between threads: what a piece gives depends on the piece and not on
 * how many there are at once. Nothing else may compute in the meantime; one at a time.
 */
public final class Lanes implements AutoCloseable {
  private final int engineThreads = torch.get_num_threads();
  private final int productThreads = openblas_nolapack.blas_get_num_threads();
  private final ExecutorService pool;

  private Lanes(int count) {
    pool =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread =
                  new Thread(
                      () -> {
                        torch.set_num_threads(1);
                        task.run();
                      },
                      "lane");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Opens some.
   *
   * @param count how many pieces at once, at least 1
   */
  public static Lanes open(int count) {
    Lanes lanes = new Lanes(count);
    setThreads(1, 1);
    return lanes;
  }

  private static void setThreads(int engine, int products) {
    torch.set_num_threads(engine);
    openblas_nolapack.blas_set_num_threads(products);
  }

  /**
   * Computes pieces, and waits for all of them.
   *
   * @param piece by number; opens a {@link Scope} of its own, and hands out nothing that it owns
   * @return what they give, by number
   * @throws RuntimeException that of the first piece that failed, by number
   */
  public <T> List<T> map(int count, IntFunction<T> piece) {
    List<Future<T>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      running.add(pool.submit(() -> piece.apply(number)));
    }
    List<T> results = new ArrayList<>();
    RuntimeException failure = null;
    for (Future<T> one : running) {
      try {
        results.add(one.get());
      } catch (ExecutionException e) {
        failure = failure == null ? unchecked(e) : failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while lanes compute", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }

  private static RuntimeException unchecked(ExecutionException failed) {
    if (failed.getCause() instanceof Error error) {
      throw error;
    }
    return failed.getCause() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException(failed);
  }

  /** Ends them, and lets the engine split operations as before. */
  @Override
  public void close() {
    pool.shutdownNow();
    setThreads(engineThreads, productThreads);
  }
}
