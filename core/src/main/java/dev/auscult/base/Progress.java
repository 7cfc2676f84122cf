package dev.auscult.base;

/** Where a long task reports how far it is; also where it learns that the user wants it to stop. */
public interface Progress {
  /** Reports nothing and never stops. */
  Progress NONE =
      (task, total) ->
          new Task() {
            @Override
            public void advance(long steps) {}

            @Override
            public void close() {}
          };

  /**
   * Begins a task of {@code total} steps.
   *
   * @param task what is done, in a few words
   */
  Task begin(String task, long total);

  /**
   * Begins a transfer whose steps are bytes.
   *
   * @param task what is transferred, in a few words
   * @param total all its bytes
   * @param done how many of them were there before; they do not count in the rate
   */
  default Task beginBytes(String task, long total, long done) {
    Task begun = begin(task, total);
    begun.advance(done);
    return begun;
  }

  /**
   * Looks whether to go on, where there is nothing to count yet.
   *
   * @throws InterruptedRunException if the user has asked to stop
   */
  default void check() {}

  /** A task under way; close it when it ends, however it ends. */
  interface Task extends AutoCloseable {
    /**
     * Reports that {@code steps} more are done.
     *
     * @throws InterruptedRunException if the user has asked to stop; what is done is kept
     */
    void advance(long steps);

    /**
     * Says in a few words how it goes, e.g. the loss so far; shown beside the bar if there is one.
     * No words take the earlier ones away.
     */
    default void status(String words) {}

    @Override
    void close();
  }
}
