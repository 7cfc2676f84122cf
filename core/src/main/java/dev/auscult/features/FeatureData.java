package dev.auscult.features;

import static java.util.stream.Collectors.joining;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Sample;
import dev.auscult.embed.ImageItem;
import dev.auscult.embed.TextItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The images of a data set that a study looks at: each picture once, no more than asked for.
 *
 * @param name as the user named it
 * @param samples in the order of the data set
 * @param groupings those by which at least one of the samples has a class
 * @param skipped what was left out for being unreadable
 * @param notes on what else was left out, in plain sentences
 */
public record FeatureData(
    String name,
    List<Sample> samples,
    List<Grouping> groupings,
    List<Skipped> skipped,
    List<String> notes) {

  /** Copies the lists. */
  public FeatureData {
    samples = List.copyOf(samples);
    groupings = List.copyOf(groupings);
    skipped = List.copyOf(skipped);
    notes = List.copyOf(notes);
  }

  /**
   * Chooses the images of a data set.
   *
   * @param name for readers, different for every data set of a study
   * @throws InputException if no sample has a class of any grouping
   */
  public static FeatureData of(String name, Dataset dataset, FeatureSettings settings) {
    List<Skipped> skipped = new ArrayList<>(dataset.skipped());
    List<String> notes = new ArrayList<>();
    List<Sample> different = different(dataset.samples(), skipped);
    int repeated = dataset.samples().size() + dataset.skipped().size() - skipped.size();
    if (different.size() < repeated) {
      notes.add(
          ("%d samples show an image that another has shown; it counts once, with the first"
                  + " sample's class and text.")
              .formatted(repeated - different.size()));
    }
    List<Grouping> known =
        settings.groupings().stream().filter(by -> by.isKnownOf(different)).toList();
    requireClasses(name, different, settings, known);
    settings.groupings().stream()
        .filter(by -> !known.contains(by))
        .forEach(by -> notes.add("No image has a %s.".formatted(by.name())));
    List<Sample> chosen = chosen(different, settings);
    if (chosen.size() < different.size()) {
      notes.add(
          "%d of %d images, chosen by the seed (--samples)."
              .formatted(chosen.size(), different.size()));
    }
    return new FeatureData(name, chosen, known, skipped, notes);
  }

  private static List<Sample> different(List<Sample> samples, List<Skipped> skipped) {
    Set<ContentHash> seen = new HashSet<>();
    List<Sample> different = new ArrayList<>();
    for (Sample sample : samples) {
      try {
        if (seen.add(sample.image().hash())) {
          different.add(sample);
        }
      } catch (InputException e) {
        skipped.add(new Skipped(sample.id(), String.valueOf(e.getMessage())));
      }
    }
    return different;
  }

  private static void requireClasses(
      String name, List<Sample> samples, FeatureSettings settings, List<Grouping> known) {
    if (known.isEmpty()) {
      List<String> attributes =
          samples.stream()
              .flatMap(sample -> sample.attributes().keySet().stream())
              .distinct()
              .sorted()
              .toList();
      throw new InputException(
          "--by " + settings.groupings().stream().map(Grouping::name).collect(joining(", ")),
          "no sample of " + name + " with exactly one",
          attributes.isEmpty() ? "label or concept" : "label, concept or one of " + attributes,
          "name what the samples have");
    }
  }

  private static List<Sample> chosen(List<Sample> samples, FeatureSettings settings) {
    Seed seed = settings.bootstrap().seed().derive("samples");
    Set<String> chosen = new HashSet<>();
    samples.stream()
        .map(Sample::id)
        .sorted(
            Comparator.<String>comparingLong(id -> seed.derive(id).value())
                .thenComparing(Comparator.naturalOrder()))
        .limit(settings.samples())
        .forEach(chosen::add);
    return samples.stream().filter(sample -> chosen.contains(sample.id())).toList();
  }

  /** The images. */
  List<ImageItem> images() {
    return samples.stream().map(ImageItem::of).toList();
  }

  /** The text of each sample that has one. */
  List<TextItem> texts() {
    return samples.stream()
        .flatMap(sample -> text(sample).map(text -> new TextItem(sample.id(), text)).stream())
        .toList();
  }

  /** Whether samples have texts of their own, not the names of their classes. */
  boolean hasCaptions() {
    return samples.stream().anyMatch(sample -> sample.text().isPresent());
  }

  /** Caption or report; where the data has none, the name of the class. */
  private Optional<String> text(Sample sample) {
    return hasCaptions() ? sample.text() : sample.concept().or(sample::label);
  }
}
