package dev.auscult.checkpoint.hub;

import dev.auscult.base.InterruptedRunException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits in small steps, so that the user can end the wait. */
final class Waiting {
  /** How long the user waits at most for a wish to stop to be seen. */
  static final Duration TICK = Duration.ofMillis(100);

  private Waiting() {}

  /** Pauses; {@code pulse} is called at every step and throws if the user wants to stop. */
  static void pause(Duration pause, Runnable pulse) {
    long until = System.nanoTime() + pause.toNanos();
    try {
      for (long left = pause.toNanos(); left > 0; left = until - System.nanoTime()) {
        pulse.run();
        TimeUnit.NANOSECONDS.sleep(Math.min(left, TICK.toNanos()));
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /**
   * What {@code future} becomes.
   *
   * @param limit how long to wait at most
   * @throws IOException if it fails or takes too long
   */
  static <T> T until(CompletableFuture<T> future, Duration limit, Runnable pulse)
      throws IOException {
    long begun = System.nanoTime();
    try {
      while (!future.isDone() && System.nanoTime() - begun < limit.toNanos()) {
        pulse.run();
        waitATick(future);
      }
      if (!future.isDone()) {
        throw new HttpTimeoutException("no answer in time");
      }
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      future.cancel(true);
    }
  }

  private static void waitATick(CompletableFuture<?> future)
      throws InterruptedException, ExecutionException {
    try {
      future.get(TICK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Then the caller looks whether to go on.
    }
  }

  /** The thread was asked to end. */
  static InterruptedRunException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedRunException("the thread was asked to end; what has arrived is kept");
  }
}
