package dev.auscult.overlay;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.ImageSource;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.ImageItem;
import dev.auscult.image.lettering.TextMark;
import dev.auscult.overlay.OverlaidImage.Version;
import dev.auscult.overlay.OverlayCases.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Some samples whose images, as they are and with all texts, are embedded together. */
final class Portion {
  private final OverlaySettings settings;
  private final Map<ContentHash, ImageItem> items = new LinkedHashMap<>();
  private final List<Plan> plans = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();

  /** A sample before it is read. */
  private record Plan(Case sample, ContentHash original, List<PlannedTrial> trials) {}

  /** A trial before it is read: the hashes tell which embedding is whose. */
  private record PlannedTrial(
      Condition condition,
      TextKind kind,
      String text,
      OptionalInt named,
      ContentHash blank,
      ContentHash words) {}

  Portion(OverlaySettings settings, List<Case> cases) {
    this.settings = settings;
    for (Case one : cases) {
      try {
        plans.add(plan(one));
      } catch (InputException e) {
        skipped.add(new Skipped(one.sample().id(), String.valueOf(e.getMessage())));
      }
    }
  }

  private Plan plan(Case one) {
    RecentImage image = new RecentImage(one.sample().image());
    OverlayTexts texts = OverlayTexts.of(settings, one);
    ContentHash original = add(image);
    List<PlannedTrial> trials = new ArrayList<>();
    for (Condition condition : settings.design().conditions()) {
      for (TextKind kind : settings.design().kinds()) {
        String text = texts.text(kind, condition);
        TextMark mark = settings.design().mark(text, condition);
        trials.add(
            new PlannedTrial(
                condition,
                kind,
                text,
                texts.named(kind),
                add(new OverlaidImage(image, mark, Version.BLANK)),
                add(new OverlaidImage(image, mark, Version.WORDS))));
      }
    }
    return new Plan(one, original, trials);
  }

  private ContentHash add(ImageSource image) {
    ContentHash hash = image.hash();
    items.computeIfAbsent(hash, key -> new ImageItem(key.hex(), image));
    return hash;
  }

  /** Embeds all images and reads them; samples of which one cannot be read are left out. */
  List<OverlaidSample> read(Embedder embedder, ClassScorer scorer, TextPool pool) {
    EmbeddingRun run = embedder.images(new ArrayList<>(items.values()), Progress.NONE);
    Readings readings = new Readings(run, scorer, pool);
    List<OverlaidSample> samples = new ArrayList<>();
    for (Plan plan : plans) {
      Optional<String> trouble = readings.trouble(hashes(plan));
      if (trouble.isPresent()) {
        skipped.add(new Skipped(plan.sample().sample().id(), trouble.get()));
      } else {
        samples.add(read(plan, readings));
      }
    }
    return samples;
  }

  private static List<ContentHash> hashes(Plan plan) {
    List<ContentHash> hashes = new ArrayList<>(List.of(plan.original()));
    plan.trials().forEach(trial -> hashes.addAll(List.of(trial.blank(), trial.words())));
    return hashes;
  }

  private static OverlaidSample read(Plan plan, Readings readings) {
    Case one = plan.sample();
    List<Trial> trials =
        plan.trials().stream()
            .map(
                trial ->
                    new Trial(
                        trial.condition(),
                        trial.kind(),
                        trial.text(),
                        trial.named(),
                        readings.of(plan.original(), one, trial.named()),
                        readings.of(trial.blank(), one, trial.named()),
                        readings.of(trial.words(), one, trial.named())))
            .toList();
    return new OverlaidSample(one.sample().id(), one.cluster(), one.truth(), trials);
  }

  /** Samples that were left out, with the reason. */
  List<Skipped> skipped() {
    return skipped;
  }
}
