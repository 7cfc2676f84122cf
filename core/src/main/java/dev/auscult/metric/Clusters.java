package dev.auscult.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which observations belong together, as all images of one patient do: resampling takes or leaves
 * them together. Immutable.
 */
public final class Clusters {
  private final int[][] members;
  private final int observations;

  private Clusters(int[][] members, int observations) {
    this.members = members;
    this.observations = observations;
  }

  /** Observations of equal keys belong together; {@code keys} holds one key per observation. */
  public static Clusters of(List<String> keys) {
    Map<String, List<Integer>> byKey = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      byKey.computeIfAbsent(keys.get(i), key -> new ArrayList<>()).add(i);
    }
    int[][] members =
        byKey.values().stream()
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    return new Clusters(members, keys.size());
  }

  /** Every observation by itself. */
  public static Clusters singletons(int observations) {
    int[][] members = new int[observations][];
    for (int i = 0; i < observations; i++) {
      members[i] = new int[] {i};
    }
    return new Clusters(members, observations);
  }

  /** The number of clusters. */
  public int count() {
    return members.length;
  }

  /** The number of observations. */
  public int observations() {
    return observations;
  }

  /** The sum of each cluster's values, one value per observation. */
  double[] sums(double[] values) {
    double[] sums = new double[members.length];
    for (int cluster = 0; cluster < sums.length; cluster++) {
      for (int observation : members[cluster]) {
        sums[cluster] += values[observation];
      }
    }
    return sums;
  }

  int[] members(int cluster) {
    return members[cluster];
  }
}
