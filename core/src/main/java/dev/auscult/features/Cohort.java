package dev.auscult.features;

import dev.auscult.base.Progress;
import dev.auscult.data.Sample;
import dev.auscult.metric.ResampledFigures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Images that all models have seen, with their classes and patients. Immutable.
 *
 * <p>A class with fewer patients than cross-validation has folds is too small to measure: its
 * images are on the maps, and not in any figure of classes.
 */
final class Cohort {
  private final Grouping grouping;
  private final List<Sample> samples;
  private final List<ImageClass> classes;
  private final int[] classOf;
  private final List<String> patients;

  private Cohort(
      Grouping grouping,
      List<Sample> samples,
      List<ImageClass> classes,
      int[] classOf,
      List<String> patients) {
    this.grouping = grouping;
    this.samples = samples;
    this.classes = classes;
    this.classOf = classOf;
    this.patients = patients;
  }

  /** The samples of {@code data} whose images every model has. */
  static Cohort of(FeatureData data, List<Set<String>> seen, Grouping grouping) {
    List<Sample> samples =
        data.samples().stream()
            .filter(sample -> seen.stream().allMatch(ids -> ids.contains(sample.id())))
            .toList();
    List<String> patients =
        samples.stream()
            .map(sample -> sample.patient().map(p -> "patient " + p).orElse("image " + sample.id()))
            .toList();
    Map<String, List<Integer>> rows = new TreeMap<>();
    for (int i = 0; i < samples.size(); i++) {
      int row = i;
      grouping
          .of(samples.get(i))
          .ifPresent(name -> rows.computeIfAbsent(name, n -> new ArrayList<>()).add(row));
    }
    List<ImageClass> classes = new ArrayList<>();
    Map<String, Integer> number = new HashMap<>();
    rows.forEach(
        (name, of) -> {
          int people = new TreeSet<>(of.stream().map(patients::get).toList()).size();
          number.put(name, classes.size());
          classes.add(new ImageClass(name, of.size(), people));
        });
    int[] classOf =
        samples.stream()
            .mapToInt(
                sample -> grouping.of(sample).map(name -> number.getOrDefault(name, -1)).orElse(-1))
            .toArray();
    return new Cohort(grouping, samples, List.copyOf(classes), classOf, patients);
  }

  /** What the classes are. */
  Grouping grouping() {
    return grouping;
  }

  /** The number of images. */
  int size() {
    return samples.size();
  }

  /** The names of the images. */
  List<String> ids() {
    return samples.stream().map(Sample::id).toList();
  }

  /** Every class that occurs, by name. */
  List<ImageClass> classes() {
    return classes;
  }

  /** The number of an image's class; -1 where none is known. */
  int classOf(int row) {
    return classOf[row];
  }

  /** Whom each image shows; an image of nobody known is its own. */
  List<String> patients() {
    return patients;
  }

  /**
   * Figures of the images, computed anew for resamples of patients; the same resamples each time.
   *
   * @param figures of images that count as often as the weights {@code [n]} say
   */
  ResampledFigures resampled(
      FeatureSettings settings, Progress progress, Function<double[], double[]> figures) {
    int[] patientOf = numbered(patients);
    return ResampledFigures.of(
        settings.resampling(),
        new TreeSet<>(patients).size(),
        settings.threads(),
        progress,
        counts -> figures.apply(IntStream.of(patientOf).mapToDouble(counts::of).toArray()));
  }

  private static int[] numbered(List<String> names) {
    Map<String, Integer> numbers = new HashMap<>();
    return names.stream()
        .mapToInt(name -> numbers.computeIfAbsent(name, n -> numbers.size()))
        .toArray();
  }

  /** The rows of classes large enough to measure; none if fewer than two classes are. */
  int[] measured() {
    int[] rows =
        IntStream.range(0, classOf.length)
            .filter(row -> classOf[row] >= 0 && classes.get(classOf[row]).isMeasured())
            .toArray();
    return classes.stream().filter(ImageClass::isMeasured).count() < 2 ? new int[0] : rows;
  }
}
