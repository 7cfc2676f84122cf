package dev.auscult.metric;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Correction of p-values for the number of hypotheses of a family (Holm 1979). */
public final class Holm {
  private Holm() {}

  /**
   * The adjusted p-values in the order given: rejecting those up to a level keeps the chance of any
   * false rejection in the family at that level. An undefined p-value ({@code NaN}) stays so and is
   * no member of the family.
   *
   * @throws IllegalArgumentException if a value is outside of 0 to 1
   */
  public static List<Double> adjusted(List<Double> p) {
    List<Integer> ascending =
        IntStream.range(0, p.size())
            .boxed()
            .filter(i -> !Double.isNaN(p.get(i)))
            .sorted(Comparator.comparing(p::get))
            .toList();
    double[] adjusted = p.stream().mapToDouble(Double::doubleValue).toArray();
    double least = 0;
    for (int rank = 0; rank < ascending.size(); rank++) {
      double value = p.get(ascending.get(rank));
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("a p-value of " + value);
      }
      least = Math.max(least, Math.min(1, (ascending.size() - rank) * value));
      adjusted[ascending.get(rank)] = least;
    }
    return IntStream.range(0, adjusted.length).mapToObj(i -> adjusted[i]).toList();
  }
}
