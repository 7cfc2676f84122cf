package dev.auscult.report;

import dev.auscult.features.DataFeatures;
import dev.auscult.features.FeatureResult;
import dev.auscult.features.FeatureSettings;
import dev.auscult.features.FeatureVerdict;
import dev.auscult.features.FeatureVerdict.Outcome;
import dev.auscult.features.FeatureVerdict.Pair;
import dev.auscult.projection.ProjectionMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The sentences of a feature study's page. */
final class FeatureWords {
  private static final Set<Outcome> UNDECIDED = Set.of(Outcome.UNCLEAR, Outcome.NONE_SEPARATES);

  private FeatureWords() {}

  /** What came out, in a sentence. */
  static String headline(FeatureResult result) {
    FeatureVerdict verdict = new FeatureVerdict(result);
    List<Pair> pairs = verdict.pairs();
    if (pairs.size() == 1) {
      return verdict.sentence(pairs.get(0));
    }
    String studied =
        "%s on %s"
            .formatted(
                Figures.count(result.data().get(0).models().size(), "model"),
                Figures.count(dataSets(result), "data set"));
    if (pairs.isEmpty()) {
      return studied + ".";
    }
    long clear = pairs.stream().filter(pair -> !UNDECIDED.contains(pair.outcome())).count();
    return "%s: in %d of %d comparisons of two models some difference is clear."
        .formatted(studied, clear, pairs.size());
  }

  private static int dataSets(FeatureResult result) {
    return (int) result.data().stream().map(of -> of.description().name()).distinct().count();
  }

  /** Below the maps of a data set. */
  static String maps(DataFeatures data, ProjectionMethod method) {
    String trust =
        data.models().stream()
            .map(of -> of.model() + " " + Figures.decimal(of.trustworthiness(), 3))
            .collect(Collectors.joining(", "));
    return "%s by %s, coloured by %s. Trustworthiness of the maps: %s."
        .formatted(
            Figures.count(data.description().images().size(), "image"),
            method.title(),
            data.description().grouping().name(),
            trust);
  }

  /** How figures and maps are to be read. */
  static List<String> notes(FeatureResult result) {
    List<String> notes = new ArrayList<>();
    notes.add(mapNote(result.settings().projection()));
    notes.add(
        ("Linear probe and nearest neighbours: balanced accuracy (mean recall of the classes) by %d-fold"
                + " cross-validation; all images of a patient are in one fold. Chance is 1 over the"
                + " number of classes. Neighbours: %d by Euclidean distance. The probe's penalty is"
                + " chosen within the training folds.")
            .formatted(FeatureSettings.FOLDS, FeatureSettings.NEIGHBOURS));
    notes.add(
        "Silhouette: -1 to 1, the mean over images of how much nearer the own class is than the next"
            + " one; near 0 classes overlap. Davies-Bouldin: lower is better. Fisher ratio: scatter"
            + " between classes over scatter within.");
    notes.add(
        "Intervals are of a bootstrap of patients (BCa); those of probe and neighbours take the other"
            + " images, and so the fitted probes, as they are. That of the silhouette takes into"
            + " account what each image does to the silhouettes of the others (jackknife).");
    notes.add(
        "Differences: p is the share of all exchanges of the two models within patients that give a"
            + " difference as large, corrected after Holm over all %d comparisons of the study; below %s a"
                .formatted(result.comparisons().size(), Figures.decimal(FeatureSettings.LEVEL, 2))
            + " difference is called clear. One that is not clear may still exist. A difference speaks"
            + " for a model only if its own linear probe or neighbours are better than chance.");
    notes.add(
        "CKA: 1 where features are the same up to rotation and scale, about 0 where they have nothing"
            + " in common; it does not say which are better. Its resamples compare different images"
            + " only: an image drawn twice is not compared with its copy, which would make models"
            + " look alike.");
    notes.add(
        "Alignment: mean squared distance of an image and its text. Uniformity: logarithm of the mean"
            + " of exp(-2 squared distance) over pairs; lower fills the sphere more evenly. Modality gap:"
            + " distance between the mean image and the mean text. All are of unit vectors; models of"
            + " other dimensions or losses differ in them without being better or worse.");
    return notes;
  }

  private static String mapNote(ProjectionMethod method) {
    return switch (method) {
      case PCA ->
          "Maps show the two directions of most variance. Axes of two maps do not correspond.";
      case TSNE, UMAP ->
          "Maps keep neighbourhoods (trustworthiness: 1 if all neighbours on the map are neighbours in"
              + " truth). Distances between clusters, their sizes and the direction of a map mean"
              + " nothing; the figures below do not depend on the maps.";
    };
  }
}
