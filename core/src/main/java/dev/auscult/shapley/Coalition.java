package dev.auscult.shapley;

import java.util.Arrays;

/** A set of players {@code 0 .. players - 1}, those present. Immutable. */
public final class Coalition {
  private final int players;
  private final long[] words;

  private Coalition(int players, long[] words) {
    this.players = players;
    this.words = words;
  }

  /** Nobody of {@code players}. */
  public static Coalition empty(int players) {
    if (players < 0) {
      throw new IllegalArgumentException(players + " players");
    }
    return new Coalition(players, new long[(players + 63) >>> 6]);
  }

  /** Everybody of {@code players}. */
  public static Coalition full(int players) {
    return empty(players).complement();
  }

  /** The players given. */
  public static Coalition of(int players, int... present) {
    Coalition coalition = empty(players);
    for (int player : present) {
      coalition.set(player);
    }
    return coalition;
  }

  /** The consecutive players {@code from .. to - 1}. */
  public static Coalition range(int players, int from, int to) {
    Coalition coalition = empty(players);
    for (int player = from; player < to; player++) {
      coalition.set(player);
    }
    return coalition;
  }

  /** The first {@code size} players of an order. */
  static Coalition prefix(Order order, int size) {
    Coalition coalition = empty(order.players());
    for (int s = 0; s < size; s++) {
      coalition.set(order.playerAt(s));
    }
    return coalition;
  }

  /** The players whose bits are set in {@code mask}, lowest bit player 0; up to 63 players. */
  static Coalition ofMask(int players, long mask) {
    Coalition coalition = empty(players);
    if (players > 0) {
      coalition.words[0] = mask;
    }
    return coalition;
  }

  private void set(int player) {
    checkPlayer(player);
    words[player >>> 6] |= 1L << player;
  }

  private void checkPlayer(int player) {
    if (player < 0 || player >= players) {
      throw new IllegalArgumentException("player %d of %d".formatted(player, players));
    }
  }

  /** How many players the game has, present or not. */
  public int players() {
    return players;
  }

  /** Whether the player is present. */
  public boolean contains(int player) {
    checkPlayer(player);
    return (words[player >>> 6] >>> player & 1) != 0;
  }

  /** How many players are present. */
  public int size() {
    int size = 0;
    for (long word : words) {
      size += Long.bitCount(word);
    }
    return size;
  }

  /** This coalition with one player more. */
  public Coalition with(int player) {
    Coalition larger = new Coalition(players, words.clone());
    larger.set(player);
    return larger;
  }

  /** Everybody who is not here. */
  public Coalition complement() {
    long[] others = new long[words.length];
    for (int w = 0; w < words.length; w++) {
      others[w] = ~words[w];
    }
    if ((players & 63) != 0) {
      others[words.length - 1] &= (1L << players) - 1;
    }
    return new Coalition(players, others);
  }

  /** The same players under other numbers: player {@code i} is {@code numbering.playerAt(i)}. */
  Coalition renumbered(Order numbering) {
    Coalition renumbered = empty(players);
    for (int player = 0; player < players; player++) {
      if (contains(player)) {
        renumbered.set(numbering.playerAt(player));
      }
    }
    return renumbered;
  }

  /** This coalition with all players of another. */
  Coalition union(Coalition other) {
    long[] both = words.clone();
    for (int w = 0; w < both.length; w++) {
      both[w] |= other.words[w];
    }
    return new Coalition(players, both);
  }

  /** These players, and behind them those of another coalition, numbered on. */
  public Coalition followedBy(Coalition other) {
    Coalition joined = empty(players + other.players);
    for (int player = 0; player < joined.players; player++) {
      if (player < players ? contains(player) : other.contains(player - players)) {
        joined.set(player);
      }
    }
    return joined;
  }

  /**
   * The coalition among {@code count} consecutive players beginning with {@code from}, who are then
   * numbered from 0.
   */
  public Coalition slice(int from, int count) {
    Coalition slice = empty(count);
    for (int player = 0; player < count; player++) {
      if (contains(from + player)) {
        slice.set(player);
      }
    }
    return slice;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Coalition that
        && players == that.players
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return 31 * players + Arrays.hashCode(words);
  }

  /** The players present, e.g. {@code {0, 3} of 5}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int player = 0; player < players; player++) {
      if (contains(player)) {
        text.append(text.length() > 1 ? ", " : "").append(player);
      }
    }
    return text.append("} of ").append(players).toString();
  }
}
