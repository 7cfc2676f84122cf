package dev.auscult.features;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.features.CohortFigures.FigureDifference;
import dev.auscult.features.DataDescription.MappedImage;
import dev.auscult.metric.LinearCka;
import dev.auscult.metric.Trustworthiness;
import dev.auscult.projection.PlanarMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures what all models made of one data set. */
final class DataMeasurement {
  /** Neighbours that a map is judged by. */
  private static final int JUDGED = 10;

  private final FeatureSettings settings;
  private final FeatureData data;
  private final List<ModelVectors> vectors;
  private final Cohort cohort;
  private final Optional<MeasuredClasses> classes;

  DataMeasurement(FeatureSettings settings, FeatureData data, List<ModelVectors> vectors) {
    this.settings = settings;
    this.data = data;
    this.vectors = List.copyOf(vectors);
    this.cohort =
        Cohort.of(data, vectors.stream().map(ModelVectors::ids).toList(), settings.grouping());
    if (cohort.size() < PlanarMap.FEWEST) {
      throw new InputException(
          "data " + data.name(),
          cohort.size() + " images that every model could read",
          "at least " + PlanarMap.FEWEST,
          "see which were left out with --debug, or give more");
    }
    this.classes =
        cohort.measured().length == 0 ? Optional.empty() : Optional.of(MeasuredClasses.of(cohort));
  }

  DataFeatures measure(Progress progress) {
    List<double[][]> images = vectors.stream().map(of -> of.images(cohort.ids())).toList();
    List<Optional<Separation>> separations = new ArrayList<>();
    List<Geometry> geometries = new ArrayList<>();
    for (int m = 0; m < vectors.size(); m++) {
      double[][] of = images.get(m);
      separations.add(classes.map(each -> Separation.of(of, each, settings.threads(), progress)));
      geometries.add(Geometry.of(of, pairs(vectors.get(m), of)));
    }
    CohortFigures figures =
        new CohortFigures(cohort, classes, separations, geometries, settings, progress);
    List<ModelFeatures> models = new ArrayList<>();
    for (int m = 0; m < vectors.size(); m++) {
      models.add(model(m, images.get(m), figures, progress));
    }
    return new DataFeatures(
        description(models),
        models,
        rows(LinearCka.matrix(images, LinearCka.Estimator.DEBIASED)),
        rows(LinearCka.matrix(images, LinearCka.Estimator.BIASED)),
        comparisons(figures));
  }

  private Optional<Geometry.Pairs> pairs(ModelVectors model, double[][] images) {
    if (model.texts().isEmpty()) {
      return Optional.empty();
    }
    Set<String> withText = Set.copyOf(model.texts().orElseThrow().ids());
    int[] rows =
        IntStream.range(0, cohort.size())
            .filter(row -> withText.contains(cohort.ids().get(row)))
            .toArray();
    List<String> ids = Arrays.stream(rows).mapToObj(cohort.ids()::get).toList();
    double[][] paired = Arrays.stream(rows).mapToObj(row -> images[row]).toArray(double[][]::new);
    return rows.length < 2
        ? Optional.empty()
        : Optional.of(new Geometry.Pairs(rows, paired, model.texts(ids), data.hasCaptions()));
  }

  private ModelFeatures model(
      int number, double[][] images, CohortFigures figures, Progress progress) {
    PlanarMap map =
        settings
            .projection()
            .map(images, settings.bootstrap().seed().derive("map"), settings.threads(), progress);
    int judged = Math.min(JUDGED, (cohort.size() - 1) / 2);
    return new ModelFeatures(
        vectors.get(number).model(),
        vectors.get(number).domain(),
        images[0].length,
        figures.estimates(number),
        map,
        Trustworthiness.of(images, map.toArray(), judged));
  }

  private DataDescription description(List<ModelFeatures> models) {
    List<MappedImage> images = new ArrayList<>();
    for (int i = 0; i < cohort.size(); i++) {
      images.add(new MappedImage(cohort.ids().get(i), cohort.classOf(i)));
    }
    return new DataDescription(
        data.name(),
        settings.grouping(),
        cohort.classes(),
        images,
        new TreeSet<>(cohort.patients()).size(),
        cohort.measured().length,
        notes(models));
  }

  private List<String> notes(List<ModelFeatures> models) {
    List<String> notes = new ArrayList<>(data.notes());
    long unknown = IntStream.range(0, cohort.size()).filter(i -> cohort.classOf(i) < 0).count();
    if (unknown > 0) {
      notes.add(
          "%d images have no single %s: they are on the maps, and in no figure of classes."
              .formatted(unknown, settings.grouping().name()));
    }
    List<ImageClass> small = cohort.classes().stream().filter(of -> !of.isMeasured()).toList();
    if (!small.isEmpty()) {
      notes.add(
          "Too few patients to measure (fewer than %d): %s."
              .formatted(
                  FeatureSettings.FOLDS,
                  small.stream()
                      .map(of -> "%s (%d)".formatted(of.name(), of.patients()))
                      .collect(Collectors.joining(", "))));
    }
    if (classes.isEmpty()) {
      notes.add("Fewer than two classes can be measured: there are no figures of classes.");
    }
    if (vectors.stream().anyMatch(of -> of.texts().isPresent()) && !data.hasCaptions()) {
      notes.add("The data has no texts: alignment and gap are those of class names.");
    }
    vectors.stream()
        .filter(of -> of.truncated() > 0)
        .forEach(
            of ->
                notes.add(
                    "%d texts are longer than %s reads.".formatted(of.truncated(), of.model())));
    models.stream().flatMap(of -> of.map().notes().stream()).distinct().forEach(notes::add);
    return notes;
  }

  private List<FeatureComparison> comparisons(CohortFigures figures) {
    List<FeatureComparison> comparisons = new ArrayList<>();
    for (int a = 0; a < vectors.size(); a++) {
      for (int b = a + 1; b < vectors.size(); b++) {
        for (FigureDifference of : figures.differences(a, b)) {
          comparisons.add(
              new FeatureComparison(
                  data.name(),
                  vectors.get(a).model(),
                  vectors.get(b).model(),
                  of.figure(),
                  of.difference(),
                  of.p(),
                  of.p()));
        }
      }
    }
    return comparisons;
  }

  private static List<List<Double>> rows(double[][] matrix) {
    return Arrays.stream(matrix).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }
}
