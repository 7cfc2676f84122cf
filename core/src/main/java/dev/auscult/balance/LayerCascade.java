package dev.auscult.balance;

import dev.auscult.balance.AuditQueue.Group;
import dev.auscult.balance.ExplainedPortion.Pending;
import dev.auscult.balance.ShuffledLine.Likeness;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Sample;
import dev.auscult.model.DualEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Explains samples again while the model's layers are shuffled one after another from its output
 * inward, each time together with those before (Adebayo et al. 2018, section 3): an explanation of
 * what the model has learnt must lose its likeness to the model's own.
 *
 * @param encoder the model
 * @param setting the audit's with another seed
 * @param groups the samples
 */
record LayerCascade(DualEncoder encoder, AuditSetting setting, List<Group> groups) {
  /** Enough passes for full batches; see {@link AuditPortion}. */
  private static final long PASSES = 1024;

  /**
   * The cascade over the first samples of a queue.
   *
   * @param count how many
   */
  static LayerCascade first(
      int count, AuditQueue queue, DualEncoder encoder, AuditSetting setting) {
    List<Group> groups = new ArrayList<>();
    int left = count;
    for (Group group : queue.groups()) {
      List<Sample> taken = group.samples().subList(0, Math.min(left, group.samples().size()));
      if (!taken.isEmpty()) {
        groups.add(new Group(group.image(), List.copyOf(taken)));
        left -= taken.size();
      }
    }
    return new LayerCascade(encoder, setting, groups);
  }

  /** How many encoder passes it takes, roughly. */
  long passes() {
    return encoder.layers().size() * samples().stream().mapToLong(setting::planned).sum();
  }

  private List<Sample> samples() {
    return groups.stream().flatMap(group -> group.samples().stream()).toList();
  }

  /**
   * Explains what the rows do not know yet.
   *
   * @param explanations the audit's balance of a sample, by id; samples without one are left out
   */
  void run(
      RowTable<ShuffledLine> rows,
      Function<String, Optional<SampleBalance>> explanations,
      Progress progress) {
    List<String> layers = encoder.layers();
    long steps = (long) layers.size() * samples().size();
    try (Progress.Task task =
        progress.begin("shuffling layers of " + encoder.identity().name(), steps)) {
      for (int depth = 1; depth <= layers.size(); depth++) {
        run(depth, layers.get(depth - 1), rows, explanations, task);
      }
    }
  }

  private void run(
      int depth,
      String layers,
      RowTable<ShuffledLine> rows,
      Function<String, Optional<SampleBalance>> explanations,
      Progress.Task task) {
    if (samples().stream().allMatch(sample -> known(depth, sample, rows, explanations))) {
      task.advance(samples().size());
      return;
    }
    Seed seed = setting.config().seed().derive("shuffled layers");
    try (DualEncoder shuffled = encoder.shuffled(depth, seed)) {
      AuditSetting ofShuffled = setting.under(shuffled);
      for (List<Group> portion : portions()) {
        List<Sample> samples = portion.stream().flatMap(g -> g.samples().stream()).toList();
        if (!samples.stream().allMatch(s -> known(depth, s, rows, explanations))) {
          explain(
              new ExplainedPortion(
                  shuffled, ofShuffled, portion, explanations, () -> task.advance(0)),
              ofShuffled,
              depth,
              layers,
              rows);
        }
        task.advance(samples.size());
      }
    }
  }

  private boolean known(
      int depth,
      Sample sample,
      RowTable<ShuffledLine> rows,
      Function<String, Optional<SampleBalance>> explanations) {
    String preset = setting.config().preset().label();
    return rows.has(ShuffledLine.key(encoder.identity().name(), preset, depth, sample.id()))
        || explanations.apply(sample.id()).isEmpty();
  }

  private List<List<Group>> portions() {
    return QualityPortions.of(
        groups, group -> group.samples().stream().mapToLong(setting::planned).sum(), PASSES, 1);
  }

  private void explain(
      ExplainedPortion portion,
      AuditSetting ofShuffled,
      int depth,
      String layers,
      RowTable<ShuffledLine> rows) {
    List<Pending> estimates =
        portion.samples().stream().map(sample -> Pending.of(ofShuffled, sample, sample)).toList();
    portion.finish(estimates);
    List<Likeness> found = new ArrayList<>();
    for (int s = 0; s < estimates.size(); s++) {
      found.add(likeness(portion.samples().get(s), estimates.get(s).contributions()));
    }
    for (int s = 0; s < found.size(); s++) {
      ExplainedSample sample = portion.samples().get(s);
      rows.accept(
          new ShuffledLine(
              encoder.identity().name(),
              setting.config().preset().label(),
              sample.sample().id(),
              depth,
              layers,
              found.get(s),
              portion.count(sample)));
    }
  }

  private static Likeness likeness(ExplainedSample sample, List<Double> shuffled) {
    List<Double> own = sample.contributions();
    int cells = sample.image().input().players();
    return new Likeness(
        Agreement.of(own, shuffled),
        Agreement.of(own.subList(0, cells), shuffled.subList(0, cells)),
        Agreement.of(own.subList(cells, own.size()), shuffled.subList(cells, shuffled.size())));
  }
}
