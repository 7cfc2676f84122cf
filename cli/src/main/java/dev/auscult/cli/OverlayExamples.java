package dev.auscult.cli;

import dev.auscult.image.ImageTransform;
import dev.auscult.overlay.OverlaidSample;
import dev.auscult.overlay.OverlayCases;
import dev.auscult.overlay.OverlayCases.Case;
import dev.auscult.overlay.OverlaySettings;
import dev.auscult.overlay.OverlayVersion;
import dev.auscult.overlay.Reading;
import dev.auscult.overlay.Trial;
import dev.auscult.report.OverlaidModel;
import dev.auscult.report.OverlayExample;
import dev.auscult.report.OverlayExample.Made;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Chooses samples to look at: the two on which the words moved a model most, and one in the middle.
 */
final class OverlayExamples {
  private final OverlaySettings settings;
  private final OverlayCases cases;
  private final List<OverlaidModel> models;
  private final List<Map<String, OverlaidSample>> samples = new ArrayList<>();

  OverlayExamples(OverlaySettings settings, OverlayCases cases, List<OverlaidModel> models) {
    this.settings = settings;
    this.cases = cases;
    this.models = models;
    for (OverlaidModel model : models) {
      Map<String, OverlaidSample> byId = new HashMap<>();
      model.result().samples().forEach(sample -> byId.put(sample.id(), sample));
      samples.add(byId);
    }
  }

  /** The samples, as a model's transform shows them. */
  List<OverlayExample> seenBy(ImageTransform transform) {
    return chosen().stream().map(one -> example(one, transform)).toList();
  }

  /** By how much the basic texts move the probability of the right class, under any model. */
  private double moved(Case one) {
    return samples.stream()
        .flatMap(byId -> Optional.ofNullable(byId.get(one.sample().id())).stream())
        .flatMap(sample -> basic(sample).stream())
        .mapToDouble(trial -> Math.abs(trial.words().probability() - trial.blank().probability()))
        .max()
        .orElse(0);
  }

  private List<Trial> basic(OverlaidSample sample) {
    return sample.trials().subList(0, settings.design().kinds().size());
  }

  private List<Case> chosen() {
    List<Case> read =
        cases.cases().stream()
            .filter(one -> samples.stream().allMatch(byId -> byId.containsKey(one.sample().id())))
            .sorted(
                Comparator.comparingDouble(this::moved)
                    .reversed()
                    .thenComparing(one -> one.sample().id()))
            .toList();
    return read.size() <= 3 ? read : List.of(read.get(0), read.get(1), read.get(read.size() / 2));
  }

  private OverlayExample example(Case one, ImageTransform transform) {
    List<OverlayExample.Version> shown = new ArrayList<>();
    for (OverlayVersion version : OverlayVersion.basic(settings)) {
      shown.add(
          new OverlayExample.Version(
              version.name(),
              transform.resizeAndCrop(version.image(one).read()),
              made(one, version)));
    }
    return new OverlayExample(
        one.sample().id(), settings.classes().names().get(one.truth()), shown);
  }

  private List<Made> made(Case one, OverlayVersion version) {
    List<Made> made = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      Reading reading = version.of(Objects.requireNonNull(samples.get(m).get(one.sample().id())));
      String predicted = settings.classes().names().get(reading.predicted());
      made.add(new Made(models.get(m).name(), reading, predicted));
    }
    return made;
  }
}
