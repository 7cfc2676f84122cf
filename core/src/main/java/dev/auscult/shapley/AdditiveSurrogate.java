package dev.auscult.shapley;

import java.util.List;

/**
 * The additive game that an explanation claims the real one to be like: {@code g(S) = f(empty) +
 * sum of phi[i] over i in S} (Lundberg and Lee 2017, definition 1).
 *
 * @param empty {@code f(empty)}
 * @param contributions {@code phi}, one per player
 */
public record AdditiveSurrogate(double empty, List<Double> contributions)
    implements CooperativeGame {

  /** Copies the list. */
  public AdditiveSurrogate {
    contributions = List.copyOf(contributions);
  }

  @Override
  public int players() {
    return contributions.size();
  }

  @Override
  public double[] values(List<Coalition> coalitions) {
    return coalitions.stream().mapToDouble(this::value).toArray();
  }

  private double value(Coalition present) {
    double value = empty;
    for (int player = 0; player < contributions.size(); player++) {
      if (present.contains(player)) {
        value += contributions.get(player);
      }
    }
    return value;
  }
}
