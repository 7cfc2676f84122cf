package dev.auscult.shapley;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Coalitions drawn at random, every size as likely as any other. */
public final class RandomCoalitions {
  private RandomCoalitions() {}

  /**
   * Draws coalitions independently: a size from 0 to {@code players}, then one of the coalitions of
   * that size.
   */
  public static List<Coalition> draw(int players, int count, Seed seed) {
    SplittableRandom random = seed.random();
    List<Coalition> drawn = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      drawn.add(draw(players, random.nextInt(players + 1), random));
    }
    return drawn;
  }

  private static Coalition draw(int players, int size, SplittableRandom random) {
    int[] order = new int[players];
    int[] present = new int[size];
    for (int player = 0; player < players; player++) {
      order[player] = player;
    }
    for (int s = 0; s < size; s++) {
      int chosen = s + random.nextInt(players - s);
      present[s] = order[chosen];
      order[chosen] = order[s];
    }
    return Coalition.of(players, present);
  }
}
