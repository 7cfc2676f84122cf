package dev.auscult.balance;

import java.util.List;

/**
 * What each image player contributes to the score.
 *
 * @param rows rows of the grid of image players
 * @param columns columns of the grid
 * @param phi Shapley values row by row from the top left, in units of the score
 * @param se the standard errors of {@code phi}
 */
public record ImageContributions(int rows, int columns, List<Double> phi, List<Double> se) {

  /** Copies the lists. */
  public ImageContributions {
    phi = List.copyOf(phi);
    se = List.copyOf(se);
    if (phi.size() != rows * columns || se.size() != phi.size()) {
      throw new IllegalArgumentException(
          "%d values and %d standard errors in a grid of %d x %d"
              .formatted(phi.size(), se.size(), rows, columns));
    }
  }

  /** {@code S_img}, the sum of the absolute contributions. */
  public double magnitude() {
    return phi.stream().mapToDouble(Math::abs).sum();
  }
}
