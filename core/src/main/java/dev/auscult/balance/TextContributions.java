package dev.auscult.balance;

import java.util.List;

/**
 * What each text player contributes to the score.
 *
 * @param tokens the players in the vocabulary's own spelling, in text order
 * @param phi their Shapley values, in units of the score
 * @param se the standard errors of {@code phi}
 */
public record TextContributions(List<String> tokens, List<Double> phi, List<Double> se) {

  /** Copies the lists. */
  public TextContributions {
    tokens = List.copyOf(tokens);
    phi = List.copyOf(phi);
    se = List.copyOf(se);
    if (tokens.size() != phi.size() || phi.size() != se.size()) {
      throw new IllegalArgumentException(
          "%d tokens, %d values, %d standard errors"
              .formatted(tokens.size(), phi.size(), se.size()));
    }
  }

  /** {@code S_txt}, the sum of the absolute contributions. */
  public double magnitude() {
    return phi.stream().mapToDouble(Math::abs).sum();
  }
}
