package dev.auscult.shapley;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A game that values every distinct coalition once, however often it is asked. */
public final class MemoisedGame implements CooperativeGame {
  private final CooperativeGame game;
  private final Map<Coalition, Double> known = new HashMap<>();
  private long asked;

  /** Remembers what {@code game} says. */
  public MemoisedGame(CooperativeGame game) {
    this.game = game;
  }

  @Override
  public int players() {
    return game.players();
  }

  @Override
  public double[] values(List<Coalition> coalitions) {
    asked += coalitions.size();
    Set<Coalition> fresh = new LinkedHashSet<>(coalitions);
    fresh.removeIf(known::containsKey);
    List<Coalition> unknown = List.copyOf(fresh);
    double[] values = unknown.isEmpty() ? new double[0] : game.values(unknown);
    for (int c = 0; c < values.length; c++) {
      known.put(unknown.get(c), values[c]);
    }
    return coalitions.stream().mapToDouble(known::get).toArray();
  }

  /** How many values were asked for. */
  public long asked() {
    return asked;
  }

  /** How many distinct coalitions were valued. */
  public long valued() {
    return known.size();
  }
}
