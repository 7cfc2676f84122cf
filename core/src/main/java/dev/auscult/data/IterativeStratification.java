package dev.auscult.data;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Deals examples with several labels to subsets so that each label is in each subset in proportion
 * (Sechidis, Tsoumakas and Vlahavas 2011, algorithm 1): the label with the fewest examples left is
 * dealt first, each example to the subset that lacks most of it, then to the one that lacks most
 * examples, then at random. An example here is a group of images that stay together; all counts are
 * of images, so that with single images it is the published algorithm.
 */
final class IterativeStratification {
  private final List<Example> examples;
  private final int[] subsetOf;
  private final double[] wanted;
  private final Map<String, double[]> wantedOf = new TreeMap<>();
  private final SplittableRandom random;

  /**
   * Images that stay together.
   *
   * @param images how many there are, at least 1
   * @param labels how many of them have each label
   */
  record Example(int images, Map<String, Integer> labels) {
    /** Copies the map. */
    Example {
      labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }
  }

  private IterativeStratification(List<Example> examples, List<Double> shares, Seed seed) {
    this.examples = examples;
    this.subsetOf = new int[examples.size()];
    Arrays.fill(subsetOf, -1);
    this.random = seed.random();
    double total = examples.stream().mapToInt(Example::images).sum();
    this.wanted = shares.stream().mapToDouble(share -> share * total).toArray();
    for (Example example : examples) {
      example
          .labels()
          .forEach(
              (label, images) -> {
                double[] of = wantedOf.computeIfAbsent(label, name -> new double[shares.size()]);
                for (int subset = 0; subset < of.length; subset++) {
                  of[subset] += shares.get(subset) * images;
                }
              });
    }
  }

  /**
   * Deals all examples.
   *
   * @param shares of the subsets, each more than 0, together 1
   * @return the subset of each example
   */
  static List<Integer> deal(List<Example> examples, List<Double> shares, Seed seed) {
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    if (Math.abs(sum - 1) > 1e-9 || shares.stream().anyMatch(share -> !(share > 0))) {
      throw new IllegalArgumentException("shares of " + shares);
    }
    IterativeStratification stratification = new IterativeStratification(examples, shares, seed);
    stratification.deal();
    return Arrays.stream(stratification.subsetOf).boxed().toList();
  }

  private void deal() {
    List<Integer> order = shuffled(examples.size());
    for (String label = rarest(); !label.isEmpty(); label = rarest()) {
      double[] lacking = wantedOf.getOrDefault(label, wanted);
      for (int example : order) {
        if (subsetOf[example] < 0 && examples.get(example).labels().containsKey(label)) {
          put(example, neediest(lacking));
        }
      }
    }
    for (int example : order) {
      if (subsetOf[example] < 0) {
        put(example, neediest(wanted));
      }
    }
  }

  /**
   * The label with the fewest images left to deal, one of them at random; empty if none is left.
   */
  private String rarest() {
    Map<String, Integer> left = new TreeMap<>();
    for (int example = 0; example < subsetOf.length; example++) {
      if (subsetOf[example] < 0) {
        examples.get(example).labels().forEach((label, n) -> left.merge(label, n, Integer::sum));
      }
    }
    int fewest = left.values().stream().min(Integer::compare).orElse(0);
    List<String> ties =
        left.entrySet().stream()
            .filter(e -> e.getValue() == fewest)
            .map(Map.Entry::getKey)
            .toList();
    return ties.isEmpty() ? "" : ties.get(random.nextInt(ties.size()));
  }

  private int neediest(double[] lacking) {
    List<Integer> most = most(lacking, allSubsets());
    List<Integer> ties = most(wanted, most);
    return ties.get(ties.size() == 1 ? 0 : random.nextInt(ties.size()));
  }

  private List<Integer> allSubsets() {
    List<Integer> all = new ArrayList<>();
    for (int subset = 0; subset < wanted.length; subset++) {
      all.add(subset);
    }
    return all;
  }

  private static List<Integer> most(double[] lacking, List<Integer> among) {
    double most = among.stream().mapToDouble(subset -> lacking[subset]).max().orElseThrow();
    return among.stream().filter(subset -> lacking[subset] >= most - 1e-9).toList();
  }

  private void put(int example, int subset) {
    subsetOf[example] = subset;
    wanted[subset] -= examples.get(example).images();
    examples
        .get(example)
        .labels()
        .forEach((label, n) -> wantedOf.getOrDefault(label, wanted)[subset] -= n);
  }

  private List<Integer> shuffled(int n) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int at = random.nextInt(i + 1);
      order.add(at, i);
    }
    return order;
  }
}
