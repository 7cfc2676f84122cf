package dev.auscult.shapley;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The coalitions of KernelSHAP and their weights, drawn as shap's {@code KernelExplainer} draws
 * them: sizes that the budget can enumerate are, each coalition followed by its complement; the
 * rest is sampled in pairs, a coalition that comes again counting once more.
 */
final class KernelDesign {
  private final int players;
  private final double[] sizeWeights;
  private final int paired;
  private final List<Coalition> coalitions = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();
  private final List<Integer> draws = new ArrayList<>();
  private int enumeratedSizes;
  private int enumerated;
  private int draw = -1;

  /** For at least 2 players. */
  private KernelDesign(int players) {
    this.players = players;
    this.paired = (players - 1) / 2;
    this.sizeWeights = normalised(sizeWeights(players, paired));
  }

  /**
   * Draws the design.
   *
   * @param evaluations coalitions at most, nobody and everybody not counted
   * @param seed as given to {@code np.random.seed}
   */
  static KernelDesign draw(int players, long evaluations, int seed) {
    KernelDesign design = new KernelDesign(players);
    if (players <= 30) {
      evaluations = Math.min(evaluations, (1L << players) - 2);
    }
    design.enumerate(evaluations);
    if (design.enumeratedSizes < design.sizeWeights.length) {
      design.sample(evaluations - design.enumerated, new LegacyRandom(seed));
    }
    return design;
  }

  /** Weight of sizes {@code 1 .. ceil((n-1)/2)}; paired ones stand for their complements too. */
  private static double[] sizeWeights(int n, int paired) {
    double[] weights = new double[n / 2];
    for (int i = 1; i <= weights.length; i++) {
      weights[i - 1] = (n - 1.0) / ((double) i * (n - i)) * (i <= paired ? 2 : 1);
    }
    return weights;
  }

  private static double[] normalised(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  private void enumerate(long evaluations) {
    double left = evaluations;
    double[] remaining = sizeWeights.clone();
    for (int size = 1; size <= sizeWeights.length; size++) {
      double subsets = binomial(players, size) * (size <= paired ? 2 : 1);
      double share = remaining[size - 1];
      if (left * share / subsets < 1 - 1e-8) {
        break;
      }
      left -= subsets;
      if (share < 1) {
        for (int i = 0; i < remaining.length; i++) {
          remaining[i] /= 1 - share;
        }
      }
      addAll(size, sizeWeights[size - 1] / subsets);
      enumeratedSizes++;
    }
    enumerated = coalitions.size();
  }

  private static double binomial(int n, int k) {
    double binomial = 1;
    for (int i = 1; i <= k; i++) {
      binomial = binomial * (n - k + i) / i;
    }
    return Math.rint(binomial);
  }

  /** Every coalition of a size in lexicographic order, each with its complement if paired. */
  private void addAll(int size, double weight) {
    int[] members = new int[size];
    for (int i = 0; i < size; i++) {
      members[i] = i;
    }
    for (boolean more = true; more; more = advance(members)) {
      Coalition coalition = Coalition.of(players, members);
      add(coalition, weight);
      if (size <= paired) {
        add(coalition.complement(), weight);
      }
    }
  }

  private boolean advance(int[] members) {
    int at = members.length - 1;
    while (at >= 0 && members[at] == players - members.length + at) {
      at--;
    }
    if (at < 0) {
      return false;
    }
    members[at]++;
    for (int i = at + 1; i < members.length; i++) {
      members[i] = members[i - 1] + 1;
    }
    return true;
  }

  private void add(Coalition coalition, double weight) {
    coalitions.add(coalition);
    weights.add(weight);
    draws.add(draw);
  }

  private void sample(long left, LegacyRandom random) {
    double[] perSize = sizeWeights.clone();
    for (int size = 1; size <= paired; size++) {
      perSize[size - 1] /= 2; // two are drawn each time
    }
    perSize = normalised(Arrays.copyOfRange(perSize, enumeratedSizes, perSize.length));
    Map<Coalition, Integer> drawn = new HashMap<>();
    draw = 0;
    for (int chosen : random.choice(perSize, Math.toIntExact(4 * left))) {
      if (left <= 0) {
        return;
      }
      int size = chosen + enumeratedSizes + 1;
      Coalition coalition = Coalition.of(players, Arrays.copyOf(random.permutation(players), size));
      Integer known = drawn.putIfAbsent(coalition, coalitions.size());
      left -= count(coalition, known);
      if (left > 0 && size <= paired) {
        left -= count(coalition.complement(), known == null ? null : known + 1);
      }
      draw += known == null ? 1 : 0;
    }
  }

  /** Adds a coalition or counts a known one once more; gives how many were added. */
  private int count(Coalition coalition, @Nullable Integer known) {
    if (known == null) {
      add(coalition, 1);
      return 1;
    }
    weights.set(known, weights.get(known) + 1);
    return 0;
  }

  /** Every coalition to value. */
  List<Coalition> coalitions() {
    return coalitions;
  }

  /** How many of them are enumerated and not drawn; they come first. */
  int enumerated() {
    return enumerated;
  }

  /** Kernel weight of an enumerated coalition, times drawn of a sampled one. */
  double weight(int coalition) {
    return weights.get(coalition);
  }

  /** The number of the draw that first gave a sampled coalition; a pair is one draw. */
  int draw(int coalition) {
    return draws.get(coalition);
  }

  /** How many draws gave something new. */
  int draws() {
    return Math.max(0, draw);
  }

  /** The weight of all sampled coalitions together. */
  double sampledWeight() {
    return Arrays.stream(sizeWeights, enumeratedSizes, sizeWeights.length).sum();
  }
}
