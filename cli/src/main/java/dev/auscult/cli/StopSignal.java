package dev.auscult.cli;

import dev.auscult.base.InterruptedRunException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, told to the task under way: {@link #check} ends it at its next step, and the process
 * waits for what it then writes.
 */
class StopSignal {
  private static final int SECONDS_TO_FINISH = 30;
  private static final int INTERRUPTED = 130;

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;

  /** A signal that the end of the process raises. */
  static StopSignal onShutdown() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stopAndWait, "auscult-stop"));
    return signal;
  }

  /** Asks the task under way to stop. */
  void request() {
    requested = true;
  }

  /**
   * Called at every step of a long task.
   *
   * @throws InterruptedRunException if the user asked to stop
   */
  void check() {
    if (requested) {
      throw new InterruptedRunException(
          "what is finished is kept; the same command goes on from there");
    }
  }

  /** Says that nothing more will be written. */
  void finished() {
    finished.countDown();
  }

  private void stopAndWait() {
    request();
    try {
      // Waiting is over at once if the command has ended by itself.
      boolean inTime = finished.await(SECONDS_TO_FINISH, TimeUnit.SECONDS);
      if (!inTime) {
        System.err.println("auscult: the step under way did not end in time; ending anyway");
        // An orderly exit would free the engine's globals under the computation still running.
        Runtime.getRuntime().halt(INTERRUPTED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
