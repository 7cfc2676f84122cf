package dev.auscult.data;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples parted for training, validation and test.
 *
 * @param train for fitting
 * @param validation for choosing
 * @param test for reporting
 */
public record Split(List<Sample> train, List<Sample> validation, List<Sample> test) {

  /** Copies the lists. */
  public Split {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }

  /**
   * Parts a data set so that neither a patient nor an image (by content, also under another name)
   * is on two sides. Each group of samples that belong together falls to a side at random, to
   * whichever lacks most of its share; the result depends on the samples and the seed, not on their
   * order.
   *
   * @param validation share of the samples for validation, 0 or more
   * @param test share of the samples for test, 0 or more; both together less than 1
   * @throws InputException if an image cannot be read
   */
  public static Split byPatient(Dataset data, Seed seed, double validation, double test) {
    if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
      throw new IllegalArgumentException(
          "shares of %s for validation and %s for test".formatted(validation, test));
    }
    double[] shares = {1 - validation - test, validation, test};
    Map<String, Integer> sideOfSample = new HashMap<>();
    double[] filled = new double[shares.length];
    for (List<Sample> group : shuffled(SampleGroups.of(data.samples()), seed)) {
      int side = neediest(shares, filled, data.samples().size());
      filled[side] += group.size();
      group.forEach(sample -> sideOfSample.put(sample.id(), side));
    }
    return collect(data.samples(), sample -> sideOfSample.getOrDefault(sample.id(), 0));
  }

  /**
   * The split that the data set was published with, as it is.
   *
   * @throws InputException if a sample has none
   */
  public static Split published(Dataset data) {
    List<String> names = List.of("train", "validation", "test");
    return collect(
        data.samples(),
        sample -> {
          int side = names.indexOf(sample.split().orElse(""));
          if (side < 0) {
            throw new InputException(
                data.name() + " sample " + sample.id(),
                sample.split().map(name -> "the split '" + name + "'").orElse("no split"),
                "train, validation or test for each sample",
                "split by patient instead");
          }
          return side;
        });
  }

  /** Which side a sample is on: 0, 1 or 2. */
  @FunctionalInterface
  private interface Side {
    int of(Sample sample);
  }

  private static Split collect(List<Sample> samples, Side side) {
    List<List<Sample>> sides = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    samples.forEach(sample -> sides.get(side.of(sample)).add(sample));
    return new Split(sides.get(0), sides.get(1), sides.get(2));
  }

  private static int neediest(double[] shares, double[] filled, int total) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int side = 0; side < shares.length; side++) {
      double lack = shares[side] - filled[side] / total;
      if (shares[side] > 0 && lack > most) {
        most = lack;
        best = side;
      }
    }
    return best;
  }

  /** In an order that the seed and each group's first id fix. */
  private static List<List<Sample>> shuffled(List<List<Sample>> groups, Seed seed) {
    Map<Long, List<Sample>> ordered = new java.util.TreeMap<>();
    for (List<Sample> group : groups) {
      String first = group.stream().map(Sample::id).min(String::compareTo).orElseThrow();
      long key = seed.derive(first).value();
      while (ordered.putIfAbsent(key, group) != null) {
        key++;
      }
    }
    return List.copyOf(ordered.values());
  }
}
