package dev.auscult.overlay;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The samples to burn text into: those whose class is known, each image once.
 *
 * @param cases in the order of the data
 * @param skipped the others, with the reason
 */
public record OverlayCases(List<Case> cases, List<Skipped> skipped) {

  /** Copies the lists. */
  public OverlayCases {
    cases = List.copyOf(cases);
    skipped = List.copyOf(skipped);
  }

  /**
   * A sample and the class that it shows.
   *
   * @param truth the class's place in the list
   */
  public record Case(Sample sample, int truth) {

    /** Its patient, or its image where the patient is not known. */
    public String cluster() {
      return sample.patient().orElse(sample.image().name());
    }
  }

  /**
   * Finds the class of each sample and draws as many samples as wanted; which are drawn depends on
   * seed and ids alone.
   *
   * @throws InputException if no sample's class is known
   */
  public static OverlayCases of(Dataset data, OverlaySettings settings) {
    List<Case> cases = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>(data.skipped());
    Set<String> images = new HashSet<>();
    for (Sample sample : data.samples()) {
      var truth = settings.classes().of(sample);
      if (truth.isEmpty()) {
        skipped.add(new Skipped(sample.id(), "none of the classes is its label"));
      } else if (images.add(sample.image().name())) {
        cases.add(new Case(sample, truth.getAsInt()));
      }
    }
    if (cases.isEmpty()) {
      throw new InputException(
          "the labels",
          settings.classes().names() + ", which no sample of " + data.name() + " has",
          "classes that are called like the data's labels",
          "correct --labels, or leave it out");
    }
    return new OverlayCases(drawn(cases, settings), skipped);
  }

  private static List<Case> drawn(List<Case> cases, OverlaySettings settings) {
    Seed seed = settings.seed().derive("overlay samples");
    Set<Case> chosen =
        new HashSet<>(
            cases.stream()
                .sorted(Comparator.comparingLong(one -> seed.derive(one.sample().id()).value()))
                .limit(settings.samples().orElse(Integer.MAX_VALUE))
                .toList());
    return cases.stream().filter(chosen::contains).toList();
  }
}
