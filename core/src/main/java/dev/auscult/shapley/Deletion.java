package dev.auscult.shapley;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Takes players out of a game in the order of their contributions, once beginning with those that
 * support the score most and once with those that support it least (Samek et al. 2017, "Evaluating
 * the Visualization of What a Deep Neural Network Has Learned"; Petsiuk et al. 2018). Contributions
 * that are right make the first curve fall early and the second late.
 *
 * <p>A player supports the score as far as its contribution has the sign of {@code f(full) -
 * f(empty)}; equal contributions go by the players' numbers, the smaller first, in both orders. In
 * an additive game no order falls faster than the first or slower than the second.
 *
 * @param sizes how many players are gone at each step, ascending from 0 to all
 * @param mostFirst who is left at each step when the strongest supporters go first
 * @param leastFirst who is left at each step when the weakest go first
 */
public record Deletion(List<Integer> sizes, List<Coalition> mostFirst, List<Coalition> leastFirst) {

  /** Copies the lists. */
  public Deletion {
    sizes = List.copyOf(sizes);
    mostFirst = List.copyOf(mostFirst);
    leastFirst = List.copyOf(leastFirst);
    if (sizes.size() < 2 || mostFirst.size() != sizes.size() || leastFirst.size() != sizes.size()) {
      throw new IllegalArgumentException(
          "%d sizes, %d and %d coalitions"
              .formatted(sizes.size(), mostFirst.size(), leastFirst.size()));
    }
  }

  /**
   * Plans a deletion.
   *
   * @param contributions one per player, at least one
   * @param gain {@code f(full) - f(empty)}; only its sign matters
   * @param steps in how many steps at most all players go; fewer where there are fewer players
   */
  public static Deletion of(List<Double> contributions, double gain, int steps) {
    int players = contributions.size();
    if (players < 1 || steps < 1) {
      throw new IllegalArgumentException("%d players in %d steps".formatted(players, steps));
    }
    int count = Math.min(players, steps);
    List<Integer> sizes =
        IntStream.rangeClosed(0, count)
            .mapToObj(step -> (int) Math.round((double) step * players / count))
            .toList();
    Comparator<Integer> weakest =
        Comparator.comparingDouble(player -> Math.signum(gain) * contributions.get(player));
    return new Deletion(
        sizes, left(players, sizes, weakest.reversed()), left(players, sizes, weakest));
  }

  private static List<Coalition> left(int players, List<Integer> sizes, Comparator<Integer> first) {
    List<Integer> order = IntStream.range(0, players).boxed().sorted(first).toList();
    List<Coalition> left = new ArrayList<>();
    for (int size : sizes) {
      int[] remaining = order.subList(size, players).stream().mapToInt(Integer::intValue).toArray();
      left.add(Coalition.of(players, remaining));
    }
    return left;
  }

  /** The coalitions that {@link #measure} values. */
  public List<Coalition> coalitions() {
    return Stream.concat(mostFirst.stream(), leastFirst.stream()).distinct().toList();
  }

  /** Values the coalitions of both orders. */
  public DeletionCurves measure(CooperativeGame game) {
    int steps = sizes.size();
    double[] values = game.values(Stream.concat(mostFirst.stream(), leastFirst.stream()).toList());
    List<Double> gone = sizes.stream().map(size -> (double) size / sizes.get(steps - 1)).toList();
    return new DeletionCurves(gone, scores(values, 0, steps), scores(values, steps, steps));
  }

  private static List<Double> scores(double[] values, int from, int count) {
    return IntStream.range(from, from + count).mapToObj(i -> values[i]).toList();
  }
}
