package dev.auscult.shapley;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** An order in which the players enter a coalition. Immutable. */
public final class Order {
  private final int[] players;

  private Order(int[] players) {
    this.players = players;
  }

  /**
   * The players in the order given.
   *
   * @throws IllegalArgumentException unless each of {@code 0 .. n - 1} occurs once
   */
  public static Order of(int... players) {
    boolean[] seen = new boolean[players.length];
    for (int player : players) {
      if (player < 0 || player >= players.length || seen[player]) {
        throw new IllegalArgumentException("not an order: " + Arrays.toString(players));
      }
      seen[player] = true;
    }
    return new Order(players.clone());
  }

  /** A uniformly random order (Fisher and Yates). */
  public static Order random(int players, RandomGenerator random) {
    int[] order = new int[players];
    for (int i = 0; i < players; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return new Order(order);
  }

  /** How many players enter. */
  public int players() {
    return players.length;
  }

  /** Who enters at {@code position}, from 0. */
  public int playerAt(int position) {
    return players[position];
  }

  /** Where a player enters, from 0. */
  int positionOf(int player) {
    for (int s = 0; s < players.length; s++) {
      if (players[s] == player) {
        return s;
      }
    }
    throw new IllegalArgumentException("player %d of %d".formatted(player, players.length));
  }

  /** The last first. */
  public Order reversed() {
    int[] reversed = new int[players.length];
    for (int s = 0; s < players.length; s++) {
      reversed[s] = players[players.length - 1 - s];
    }
    return new Order(reversed);
  }

  /** Beginning with the player at {@code by}, going around. */
  public Order shifted(int by) {
    int[] shifted = new int[players.length];
    for (int s = 0; s < players.length; s++) {
      shifted[s] = players[(s + by) % players.length];
    }
    return new Order(shifted);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Order that && Arrays.equals(players, that.players);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(players);
  }

  @Override
  public String toString() {
    return Arrays.toString(players);
  }
}
