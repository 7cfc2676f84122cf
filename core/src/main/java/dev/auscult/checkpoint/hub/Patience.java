package dev.auscult.checkpoint.hub;

import java.time.Duration;

/**
 * How long to wait for a server and how often to ask again.
 *
 * @param attempts how often one request is made before its failure counts
 * @param firstPause the pause after the first failure; each further one is twice as long
 * @param longestPause the longest pause of our own choice
 * @param longestAsked the longest pause that a server may ask for
 * @param answer how long a server may take until it begins to answer
 * @param silence how long an answer may stand still
 */
record Patience(
    int attempts,
    Duration firstPause,
    Duration longestPause,
    Duration longestAsked,
    Duration answer,
    Duration silence) {
  /** What suits the public hub. */
  static final Patience STANDARD =
      new Patience(
          5,
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofMinutes(6),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60));

  /** The pause after that many failures in a row. */
  Duration pause(int failures) {
    Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, 20));
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
