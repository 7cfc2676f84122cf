package dev.auscult.checkpoint.hub;

import java.time.Duration;
import java.util.function.Consumer;

/** Counts the failures of one request, pauses after each, and says when it is enough. */
final class Retries {
  /** Even a server that lets a few bytes through each time is given up at last. */
  private static final int MOST_IN_ALL = 200;

  private final Patience patience;
  private final Runnable pulse;
  private final Consumer<String> remarks;
  private int inARow;
  private int inAll;
  private boolean connected;

  /**
   * @param pulse called while waiting; it throws if the user wants to stop
   * @param remarks is told why and how long is waited
   */
  Retries(Patience patience, Runnable pulse, Consumer<String> remarks) {
    this.patience = patience;
    this.pulse = pulse;
    this.remarks = remarks;
  }

  /** Says that the request got something before it failed: then it begins anew to count. */
  void progressed() {
    inARow = 0;
    connected = true;
  }

  /**
   * Waits before the next attempt.
   *
   * @throws HubFailure the same, if there shall be no further attempt
   */
  void failed(HubFailure failure) throws HubFailure {
    inARow++;
    inAll++;
    Duration pause = failure.askedPause().orElse(patience.pause(inARow));
    boolean hopeless = failure.kind() == HubFailure.Kind.NO_CONNECTION && !connected;
    if (hopeless
        || inARow >= patience.attempts()
        || inAll >= MOST_IN_ALL
        || pause.compareTo(patience.longestAsked()) > 0) {
      throw failure;
    }
    remarks.accept("%s, trying again in %s".formatted(failure.found(), words(pause)));
    Waiting.pause(pause, pulse);
  }

  private static String words(Duration pause) {
    return pause.toSeconds() > 0 ? pause.toSeconds() + " s" : pause.toMillis() + " ms";
  }
}
