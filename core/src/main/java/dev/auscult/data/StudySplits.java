package dev.auscult.data;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Who is tested and who is trained on, at each share of the training data and in each repetition:
 * fixed before any training, and no patient on two sides.
 *
 * @param test the samples of the test set, which nothing is chosen on
 * @param pool the samples that are not tested
 * @param training what is trained on, by ascending fraction and repetition
 */
public record StudySplits(List<String> test, List<String> pool, List<TrainingSplit> training) {

  /** Copies the lists. */
  public StudySplits {
    test = List.copyOf(test);
    pool = List.copyOf(pool);
    training = List.copyOf(training);
  }

  /**
   * What one fit may see.
   *
   * @param fraction share of the pool, more than 0, at most 1
   * @param repetition from 1
   * @param fit ids to fit on, in the order of the data set; at least one of every label
   * @param validation ids to choose settings on, patients of their own; a method that chooses
   *     nothing fits on these too
   * @param notes what could not be as planned, each a sentence; empty if all is
   */
  public record TrainingSplit(
      double fraction,
      int repetition,
      List<String> fit,
      List<String> validation,
      List<String> notes) {
    /** Copies the lists. */
    public TrainingSplit {
      fit = List.copyOf(fit);
      validation = List.copyOf(validation);
      notes = List.copyOf(notes);
    }

    /** The split in file names and columns, e.g. {@code 0.05-1}. */
    public String name() {
      return "%s-%d".formatted(fraction, repetition);
    }

    /** All ids, those to fit on first. */
    public List<String> samples() {
      return Stream.concat(fit.stream(), validation.stream()).toList();
    }
  }

  /** Where the test set comes from. */
  public sealed interface TestSet {}

  /** The samples that the data set publishes as its test split; all others are the pool. */
  public record Published() implements TestSet {}

  /**
   * A stratified share of the patients.
   *
   * @param share of the samples, more than 0 and less than 1
   */
  public record HeldOut(double share) implements TestSet {
    /** Checks the range. */
    public HeldOut {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("a test share of " + share);
      }
    }
  }

  /**
   * What is wanted.
   *
   * @param test where the test set comes from
   * @param fractions shares of the pool to train on, each more than 0 and at most 1
   * @param repetitions how many splits at each fraction; at 1 all are the whole pool
   * @param validation share of each training split to choose settings on, 0 or more, less than 1
   */
  public record Design(TestSet test, List<Double> fractions, int repetitions, double validation) {
    /** Sorts the fractions and checks the ranges. */
    public Design {
      fractions = fractions.stream().sorted().distinct().toList();
      if (fractions.isEmpty()
          || repetitions < 1
          || !(validation >= 0 && validation < 1)
          || fractions.stream().anyMatch(fraction -> !(fraction > 0 && fraction <= 1))) {
        throw new IllegalArgumentException(
            "%d repetitions at fractions %s".formatted(repetitions, fractions));
      }
    }
  }

  /**
   * Plans a study by iterative stratification: patients stay together, and every label of the pool
   * has at least one sample in every training split, which may make the smallest splits larger than
   * their fraction. The plan depends on samples, labels and seed, not on the samples' order.
   *
   * @param labels of each sample by its id; samples without any are in no split
   * @throws InputException if a side has no sample
   */
  public static StudySplits plan(
      List<Sample> samples, Map<String, ? extends Set<String>> labels, Design design, Seed seed) {
    return new StudyPlan(samples, labels, design, seed).plan();
  }

  /**
   * Writes the plan as a table: one row per sample, one column per training split; and beside it
   * the notes, in a file whose name ends in {@code -notes.csv}.
   */
  public void write(Path file, List<Sample> samples, Map<String, ? extends Set<String>> labels) {
    SplitTable.write(file, this, samples, labels);
  }

  /**
   * Reads a plan that {@link #write} wrote, as it is.
   *
   * @param folder where patients are listed that the plan parts
   * @throws InputException if it is for other samples or labels, or parts a patient
   */
  public static StudySplits read(
      Path file, List<Sample> samples, Map<String, ? extends Set<String>> labels, Path folder) {
    return SplitTable.read(file, samples, labels, folder);
  }

  /** Everything that could not be as planned, each once. */
  public SortedSet<String> notes() {
    SortedSet<String> notes = new TreeSet<>();
    for (TrainingSplit split : training) {
      split.notes().forEach(note -> notes.add(split.name() + ": " + note));
    }
    return notes;
  }

  /** How often each label occurs among samples. */
  static Map<String, Integer> counts(
      Iterable<String> ids, Map<String, ? extends Set<String>> labels) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String id : ids) {
      Set<String> of = labels.get(id);
      if (of != null) {
        of.forEach(label -> counts.merge(label, 1, Integer::sum));
      }
    }
    return counts;
  }
}
