package dev.auscult.data;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.data.IterativeStratification.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

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
   * is on two sides and every label is on each side in proportion, by iterative stratification. The
   * result depends on samples, labels and seed, not on the samples' order.
   *
   * @param labels of each sample by its id
   * @param validation share of the samples for validation, 0 or more
   * @param test share of the samples for test, 0 or more; both together less than 1
   * @throws InputException if an image cannot be read
   */
  public static Split stratified(
      Dataset data,
      Map<String, ? extends Set<String>> labels,
      Seed seed,
      double validation,
      double test) {
    if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
      throw new IllegalArgumentException(
          "shares of %s for validation and %s for test".formatted(validation, test));
    }
    Map<Side, Double> shares = new EnumMap<>(Side.class);
    shares.put(Side.TRAIN, 1 - validation - test);
    shares.put(Side.VALIDATION, validation);
    shares.put(Side.TEST, test);
    shares.values().removeIf(share -> share == 0);
    List<List<Sample>> groups = inOrder(SampleGroups.of(data.samples()));
    List<Integer> dealt =
        IterativeStratification.deal(
            groups.stream().map(group -> example(group, labels)).toList(),
            List.copyOf(shares.values()),
            seed);
    List<Side> sides = List.copyOf(shares.keySet());
    Map<String, Side> sideOf = new HashMap<>();
    for (int g = 0; g < groups.size(); g++) {
      Side side = sides.get(dealt.get(g));
      groups.get(g).forEach(sample -> sideOf.put(sample.id(), side));
    }
    return collect(
        data.samples(), sample -> Objects.requireNonNull(sideOf.get(sample.id()), sample.id()));
  }

  private static Example example(List<Sample> group, Map<String, ? extends Set<String>> labels) {
    return new Example(
        group.size(), StudySplits.counts(group.stream().map(Sample::id).toList(), labels));
  }

  /** By each group's first id in alphabetical order. */
  private static List<List<Sample>> inOrder(List<List<Sample>> groups) {
    return groups.stream()
        .sorted(
            Comparator.comparing(
                group -> group.stream().map(Sample::id).min(String::compareTo).orElseThrow()))
        .toList();
  }

  /**
   * The split that the data set was published with, as it is.
   *
   * @throws InputException if a sample has none
   */
  public static Split published(Dataset data) {
    return collect(
        data.samples(),
        sample ->
            Arrays.stream(Side.values())
                .filter(side -> side.term.equals(sample.split().orElse("")))
                .findFirst()
                .orElseThrow(
                    () ->
                        new InputException(
                            data.name() + " sample " + sample.id(),
                            sample
                                .split()
                                .map(name -> "the split '" + name + "'")
                                .orElse("no split"),
                            "train, validation or test for each sample",
                            "split by patient instead")));
  }

  /** What a sample is for. */
  private enum Side {
    TRAIN("train"),
    VALIDATION("validation"),
    TEST("test");

    private final String term;

    Side(String term) {
      this.term = term;
    }
  }

  private static Split collect(List<Sample> samples, Function<Sample, Side> side) {
    Map<Side, List<Sample>> sides = new EnumMap<>(Side.class);
    samples.forEach(
        sample -> sides.computeIfAbsent(side.apply(sample), s -> new ArrayList<>()).add(sample));
    return new Split(
        sides.getOrDefault(Side.TRAIN, List.of()),
        sides.getOrDefault(Side.VALIDATION, List.of()),
        sides.getOrDefault(Side.TEST, List.of()));
  }
}
