package dev.auscult.balance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a patch and a token contribute together beyond what each does alone (the Shapley interaction
 * index, in units of the score).
 *
 * @param patch number of the image player, row by row from the top left
 * @param token number of the text player, in text order
 * @param value positive where the two support each other
 */
public record Interaction(int patch, int token, double value) {
  /** How many pairs of a sample are kept. */
  static final int KEPT = 64;

  /**
   * The strongest pairs, the strongest first; ties by patch, then by token.
   *
   * @param all {@code [patches][tokens]}
   */
  static List<Interaction> strongest(double[][] all) {
    List<Interaction> pairs = new ArrayList<>();
    for (int patch = 0; patch < all.length; patch++) {
      for (int token = 0; token < all[patch].length; token++) {
        pairs.add(new Interaction(patch, token, all[patch][token]));
      }
    }
    pairs.sort(Comparator.comparingDouble(pair -> -Math.abs(pair.value())));
    return List.copyOf(pairs.subList(0, Math.min(KEPT, pairs.size())));
  }
}
