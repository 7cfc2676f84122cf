package dev.auscult.model;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Keeps what a model holds until the computations under way are done. Thread-safe. */
public final class Lifetime {
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private final Runnable free;
  private boolean closed;

  /**
   * Begins.
   *
   * @param free gives back what the model holds; called once
   */
  public Lifetime(Runnable free) {
    this.free = free;
  }

  /**
   * Computes with what the model holds, which stays until it is done.
   *
   * @throws IllegalStateException if the model is closed
   */
  public <T> T whileOpen(Supplier<T> computation) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      return computation.get();
    } finally {
      use.readLock().unlock();
    }
  }

  /** Waits for computations under way, then frees; again, does nothing. */
  public void end() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        free.run();
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
