package dev.auscult.features;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.features.CohortFigures.FigureDifference;
import dev.auscult.features.DataDescription.MappedImage;
import dev.auscult.metric.Estimate;
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

/** Measures what all models made of one data set: once without classes, then by every grouping. */
final class DataMeasurement {
  /** Neighbours that a map is judged by. */
  private static final int JUDGED = 10;

  private final FeatureSettings settings;
  private final FeatureData data;
  private final List<ModelVectors> vectors;
  private final List<Cohort> cohorts;

  /** The same images for all groupings. */
  private final Cohort cohort;

  private final List<double[][]> images;

  DataMeasurement(FeatureSettings settings, FeatureData data, List<ModelVectors> vectors) {
    this.settings = settings;
    this.data = data;
    this.vectors = List.copyOf(vectors);
    List<Set<String>> seen = vectors.stream().map(ModelVectors::ids).toList();
    this.cohorts = data.groupings().stream().map(by -> Cohort.of(data, seen, by)).toList();
    this.cohort = cohorts.get(0);
    if (cohort.size() < PlanarMap.FEWEST) {
      throw new InputException(
          "data " + data.name(),
          cohort.size() + " images that every model could read",
          "at least " + PlanarMap.FEWEST,
          "see which were left out with --debug, or give more");
    }
    this.images = vectors.stream().map(of -> of.images(cohort.ids())).toList();
  }

  /** What was found, one entry per grouping. */
  List<DataFeatures> measure(Progress progress) {
    List<ModelFeatures> models = new ArrayList<>();
    CohortGeometry geometry = geometry(progress);
    for (int m = 0; m < vectors.size(); m++) {
      models.add(model(m, geometry, progress));
    }
    List<List<Estimate>> cka = geometry.cka();
    List<List<Double>> biased = rows(LinearCka.matrix(images, LinearCka.Estimator.BIASED));
    List<DataFeatures> found = new ArrayList<>();
    for (Cohort of : cohorts) {
      Optional<CohortFigures> figures = figures(of, progress);
      found.add(
          new DataFeatures(
              description(of, models),
              withClasses(models, figures),
              cka,
              biased,
              figures.map(each -> comparisons(of, each)).orElse(List.of())));
    }
    return found;
  }

  private CohortGeometry geometry(Progress progress) {
    List<Geometry> geometries = new ArrayList<>();
    for (int m = 0; m < vectors.size(); m++) {
      geometries.add(Geometry.of(images.get(m), pairs(vectors.get(m), images.get(m))));
    }
    return new CohortGeometry(cohort, images, geometries, settings, progress);
  }

  private Optional<CohortFigures> figures(Cohort of, Progress progress) {
    if (of.measured().length == 0) {
      return Optional.empty();
    }
    MeasuredClasses classes = MeasuredClasses.of(of);
    List<Separation> separations =
        images.stream()
            .map(points -> Separation.of(points, classes, settings.threads(), progress))
            .toList();
    return Optional.of(new CohortFigures(of, classes, separations, settings, progress));
  }

  private static List<ModelFeatures> withClasses(
      List<ModelFeatures> models, Optional<CohortFigures> figures) {
    List<ModelFeatures> complete = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      int model = m;
      complete.add(
          figures.map(of -> models.get(model).with(of.estimates(model))).orElse(models.get(m)));
    }
    return complete;
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

  private ModelFeatures model(int number, CohortGeometry geometry, Progress progress) {
    double[][] of = images.get(number);
    PlanarMap map =
        settings
            .projection()
            .map(of, settings.bootstrap().seed().derive("map"), settings.threads(), progress);
    int judged = Math.min(JUDGED, (cohort.size() - 1) / 2);
    return new ModelFeatures(
        vectors.get(number).model(),
        vectors.get(number).domain(),
        of[0].length,
        geometry.estimates(number),
        map,
        Trustworthiness.of(of, map.toArray(), judged));
  }

  private DataDescription description(Cohort of, List<ModelFeatures> models) {
    List<MappedImage> mapped = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      mapped.add(new MappedImage(of.ids().get(i), of.classOf(i)));
    }
    return new DataDescription(
        data.name(),
        of.grouping(),
        of.classes(),
        mapped,
        new TreeSet<>(of.patients()).size(),
        of.measured().length,
        notes(of, models));
  }

  private List<String> notes(Cohort of, List<ModelFeatures> models) {
    List<String> notes = new ArrayList<>(data.notes());
    long unknown = IntStream.range(0, of.size()).filter(i -> of.classOf(i) < 0).count();
    if (unknown > 0) {
      notes.add(
          "%d images have no single %s: they are on the maps, and in no figure of classes."
              .formatted(unknown, of.grouping().name()));
    }
    List<ImageClass> small = of.classes().stream().filter(each -> !each.isMeasured()).toList();
    if (!small.isEmpty()) {
      notes.add(
          "Too few patients to measure (fewer than %d): %s."
              .formatted(
                  FeatureSettings.FOLDS,
                  small.stream()
                      .map(each -> "%s (%d)".formatted(each.name(), each.patients()))
                      .collect(Collectors.joining(", "))));
    }
    if (of.measured().length == 0) {
      notes.add("Fewer than two classes can be measured: there are no figures of classes.");
    }
    if (vectors.stream().anyMatch(model -> model.texts().isPresent()) && !data.hasCaptions()) {
      notes.add("The data has no texts: alignment and gap are those of class names.");
    }
    vectors.stream()
        .filter(model -> model.truncated() > 0)
        .forEach(
            model ->
                notes.add(
                    "%d texts are longer than %s reads."
                        .formatted(model.truncated(), model.model())));
    models.stream().flatMap(model -> model.map().notes().stream()).distinct().forEach(notes::add);
    return notes;
  }

  private List<FeatureComparison> comparisons(Cohort cohort, CohortFigures figures) {
    List<FeatureComparison> comparisons = new ArrayList<>();
    for (int a = 0; a < vectors.size(); a++) {
      for (int b = a + 1; b < vectors.size(); b++) {
        for (FigureDifference of : figures.differences(a, b)) {
          comparisons.add(
              new FeatureComparison(
                  data.name(),
                  cohort.grouping().name(),
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
