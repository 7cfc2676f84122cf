package dev.auscult.balance;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Datasets;
import dev.auscult.data.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The samples of an audit in the order in which they are audited: all samples of an image together,
 * images as they first occur in the data set.
 *
 * @param groups samples by image
 * @param skipped samples that cannot be audited, with the reason
 */
record AuditQueue(List<Group> groups, List<Skipped> skipped) {

  /**
   * The samples of one image.
   *
   * @param image identifies the image
   * @param samples in data set order
   */
  record Group(ContentHash image, List<Sample> samples) {}

  /**
   * Chooses and orders the samples.
   *
   * @throws InputException if no sample is fit for the task
   */
  static AuditQueue of(Dataset dataset, BalanceConfig config, ScoredTexts texts) {
    List<Sample> fit = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (Sample sample : FoilPairs.of(dataset, config.task()).samples()) {
      Optional<String> reason = texts.unfit(sample);
      reason.ifPresentOrElse(
          why -> skipped.add(new Skipped(sample.id(), why)), () -> fit.add(sample));
    }
    if (fit.isEmpty()) {
      throw noneFit(dataset, config.task(), skipped);
    }
    List<Sample> chosen = choose(fit, config);
    return new AuditQueue(byImage(chosen, skipped), skipped);
  }

  private static InputException noneFit(Dataset dataset, AuditTask task, List<Skipped> skipped) {
    String found =
        skipped.isEmpty()
            ? "no samples"
            : "none of %d samples fit (%s: %s)"
                .formatted(skipped.size(), skipped.get(0).id(), skipped.get(0).reason());
    String expected =
        switch (task) {
          case ISA -> "images with texts";
          case FOIL -> "images with texts and foils";
          case VQA -> "images with questions and answers";
          case CLASS -> "images with labels that are among the classes";
          case RETRIEVAL -> "images with texts that are among the candidates";
        };
    return new InputException(
        dataset.name(),
        found,
        expected + " for --task " + task.label(),
        "use %s, or data with them".formatted(task == AuditTask.ISA ? "--task vqa" : "--task isa"));
  }

  /** The samples of the ids chosen. The data set's order is kept; a foil goes with its caption. */
  private static List<Sample> choose(List<Sample> fit, BalanceConfig config) {
    if (config.samples().isEmpty()) {
      return fit;
    }
    UnaryOperator<String> together =
        config.task() == AuditTask.FOIL ? FoilPairs::captionOf : UnaryOperator.identity();
    Set<String> chosen =
        Datasets.chosen(
            fit.stream().map(sample -> together.apply(sample.id())).toList(),
            config.samples().getAsInt(),
            config.seed());
    return fit.stream().filter(sample -> chosen.contains(together.apply(sample.id()))).toList();
  }

  private static List<Group> byImage(List<Sample> chosen, List<Skipped> skipped) {
    Map<ContentHash, List<Sample>> byImage = new LinkedHashMap<>();
    for (Sample sample : chosen) {
      try {
        byImage.computeIfAbsent(sample.image().hash(), hash -> new ArrayList<>()).add(sample);
      } catch (InputException e) {
        skipped.add(new Skipped(sample.id(), String.valueOf(e.getMessage())));
      }
    }
    List<Group> groups = new ArrayList<>();
    byImage.forEach((image, samples) -> groups.add(new Group(image, List.copyOf(samples))));
    return groups;
  }

  /** How many samples are to be audited. */
  int size() {
    return groups.stream().mapToInt(group -> group.samples().size()).sum();
  }

  /** All samples in order. */
  List<Sample> samples() {
    return groups.stream().flatMap(group -> group.samples().stream()).toList();
  }
}
