package dev.auscult.balance;

import dev.auscult.balance.AuditQueue.Group;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Sample;
import dev.auscult.model.DualEncoder;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Puts the explanation of every sample to the test, in portions of at least two images, so that
 * each sample has another image and text to be swapped with.
 *
 * @param encoder the model
 * @param setting as the audit had it
 * @param repeats the same with other seeds, at least one
 * @param groups the samples
 */
record Examination(
    DualEncoder encoder, AuditSetting setting, List<AuditSetting> repeats, List<Group> groups) {
  /** Enough passes for full batches; see {@link AuditPortion}. */
  private static final long PASSES = 1024;

  /** How many encoder passes it takes at most, unless a standard error is aimed at. */
  long passes() {
    return groups.stream().mapToLong(this::passes).sum();
  }

  private long passes(Group group) {
    return group.samples().stream().mapToLong(this::passes).sum();
  }

  private long passes(Sample sample) {
    MaskableText text = setting.maskable(setting.texts().reference(sample));
    int steps = QualityConfig.STEPS - 1;
    long deletion =
        2L * Math.min(steps, setting.cells(text).count()) + 2L * Math.min(steps, text.players());
    return deletion
        + 2L * QualityConfig.FRESH
        + repeats.stream().mapToLong(repeat -> repeat.planned(sample)).sum();
  }

  /**
   * Examines every sample that the rows do not know yet.
   *
   * @param explanations the audit's balance of a sample, by id; samples without one are left out
   */
  void run(
      RowTable<QualityLine> rows,
      Function<String, Optional<SampleBalance>> explanations,
      Progress progress) {
    long samples = groups.stream().mapToLong(group -> group.samples().size()).sum();
    try (Progress.Task task = progress.begin("examining " + model(), samples)) {
      for (List<Group> portion : QualityPortions.of(groups, this::passes, PASSES, 2)) {
        List<Sample> own = portion.stream().flatMap(group -> group.samples().stream()).toList();
        if (!own.stream().allMatch(sample -> known(sample, rows, explanations))) {
          Runnable mayStop = () -> task.advance(0);
          examine(new ExplainedPortion(encoder, setting, portion, explanations, mayStop), rows);
        }
        task.advance(own.size());
      }
    }
  }

  private String model() {
    return encoder.identity().name();
  }

  private String preset() {
    return setting.config().preset().label();
  }

  private boolean known(
      Sample sample,
      RowTable<QualityLine> rows,
      Function<String, Optional<SampleBalance>> explanations) {
    return rows.has(QualityLine.key(model(), preset(), sample.id()))
        || explanations.apply(sample.id()).isEmpty();
  }

  private void examine(ExplainedPortion portion, RowTable<QualityLine> rows) {
    List<QualityWork> works = works(portion);
    portion.encode(
        works.stream().map(QualityWork::wantedImages).toList(),
        works.stream().map(QualityWork::wantedTexts).toList());
    portion.finish(works.stream().flatMap(QualityWork::estimates).toList());
    List<SampleQuality> found = works.stream().map(QualityWork::quality).toList();
    for (int s = 0; s < found.size(); s++) {
      long spent = portion.count(portion.samples().get(s));
      rows.accept(new QualityLine(model(), preset(), found.get(s).withPasses(spent)));
    }
  }

  private List<QualityWork> works(ExplainedPortion portion) {
    Seed seed = setting.config().seed().derive("fresh coalitions");
    return IntStream.range(0, portion.samples().size())
        .mapToObj(
            s ->
                new QualityWork(
                    portion.samples().get(s),
                    portion.partner(s),
                    repeats,
                    encoder.logitScale(),
                    seed))
        .toList();
  }
}
