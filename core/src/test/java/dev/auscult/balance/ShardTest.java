package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.InterruptedRunException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.FloatMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShardTest {
  private static final ContentHash AUDIT = ContentHash.of("this audit");
  private static final Seed SEED = new Seed(4);

  private final Path folder;

  ShardTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** An engine that rounds visibly otherwise in batches of another size. */
  private static final class BatchSensitiveEncoder extends ToyDualEncoder {
    @Override
    public FloatMatrix encodeImages(PixelBatch pixels) {
      return rounded(super.encodeImages(pixels));
    }

    @Override
    public FloatMatrix encodeTexts(int[][] ids, int[] pooled) {
      return rounded(super.encodeTexts(ids, pooled));
    }

    private static FloatMatrix rounded(FloatMatrix rows) {
      float[] values = rows.toArray();
      for (int i = 0; i < values.length; i++) {
        values[i] *= 1 + 1e-4f / rows.rows();
      }
      return new FloatMatrix(rows.rows(), rows.columns(), values);
    }
  }

  /** What is audited, and how. */
  private record Case(ToyData data, List<BalanceConfig> configs) {
    private ModalityBalanceAudit audit() {
      return new ModalityBalanceAudit(new BatchSensitiveEncoder(), configs, data);
    }
  }

  private static List<Case> cases() {
    BalanceConfig isa = BalanceConfig.faithful(AuditTask.ISA, SEED);
    BalanceConfig vqa = BalanceConfig.faithful(AuditTask.VQA, SEED);
    return List.of(
        new Case(repeatedCaptions(24), List.of(isa)),
        new Case(repeatedCaptions(24), List.of(isa.withBudget(PassBudget.standard().until(0.15)))),
        new Case(
            repeatedCaptions(16),
            List.of(isa, BalanceConfig.of(Preset.PAPER_2026, AuditTask.ISA, SEED))),
        new Case(ToyData.questions(8), List.of(vqa)));
  }

  /** Five captions over and over, and an image that cannot be read. */
  private static ToyData repeatedCaptions(int images) {
    List<String> captions =
        ToyData.captions(5).samples().stream().flatMap(s -> s.text().stream()).toList();
    return new ToyData(
        IntStream.range(0, images)
            .mapToObj(
                i ->
                    ToyData.sample(
                        "s" + i,
                        i == 7 ? new ToyData.BrokenImage("x") : new ToyData.RandomImage(i),
                        Optional.of(captions.get(i % 5)),
                        "p" + i / 2,
                        null,
                        null,
                        null))
            .toList());
  }

  private static List<Skipped> run(Path folder, Case what, Shard shard, Progress progress)
      throws IOException {
    try (AuditRows rows = AuditRows.open(folder, shard.fingerprint(AUDIT))) {
      List<Skipped> skipped = new ArrayList<>();
      what.audit()
          .run(sinks(rows, what), shard, progress)
          .forEach(outcome -> skipped.addAll(outcome.skipped()));
      rows.finish(what.configs().get(0).task(), skipped);
      return skipped;
    }
  }

  private static List<BalanceSink> sinks(AuditRows rows, Case what) {
    return what.configs().stream().map(config -> rows.of("toy", config.preset())).toList();
  }

  private void assertSameFiles(Path found, Path expected) {
    for (String file : List.of("attributions.jsonl", "samples.csv", "skipped.csv")) {
      assertThat(found.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shardsJoinToTheBytesOfAnUndividedRun(Case what) throws IOException {
    Path whole = folder.resolve("whole");
    run(whole, what, Shard.WHOLE, Progress.NONE);
    List<ShardRows> shards = new ArrayList<>();
    for (int index : new int[] {3, 1, 2}) {
      Shard shard = new Shard(index, 3);
      run(folder.resolve("shard" + index), what, shard, Progress.NONE);
      assertThat(Files.size(folder.resolve("shard" + index).resolve("attributions.jsonl")))
          .isLessThan(Files.size(whole.resolve("attributions.jsonl")));
    }
    for (int index = 1; index <= 3; index++) {
      shards.add(ShardRows.open(folder.resolve("shard" + index), new Shard(index, 3), AUDIT));
    }

    Path joined = folder.resolve("joined");
    try (AuditRows rows = AuditRows.open(joined, AUDIT)) {
      what.audit().join(shards, sinks(rows, what));
      rows.finish(
          what.configs().get(0).task(),
          shards.stream().flatMap(shard -> shard.skipped().stream()).toList());
    }

    assertSameFiles(joined, whole);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsRememberedOfTextsDoesNotMoveABitAfterAnInterruption(Case what) throws IOException {
    Path whole = folder.resolve("whole");
    run(whole, what, Shard.WHOLE, Progress.NONE);
    Path resumed = folder.resolve("resumed");
    run(resumed, what, Shard.WHOLE, Progress.NONE);
    keepLines(resumed, 13);

    run(resumed, what, Shard.WHOLE, Progress.NONE);

    assertSameFiles(resumed, whole);
  }

  /** As a run leaves it that was killed while it wrote a line. */
  private static void keepLines(Path folder, int count) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("attributions.jsonl"));
    Path partial = folder.resolve("attributions.jsonl.partial");
    Files.write(partial, lines.subList(0, count));
    Files.writeString(partial, lines.get(count).substring(0, 20), StandardOpenOption.APPEND);
    for (String file : List.of("attributions.jsonl", "samples.csv", "skipped.csv")) {
      Files.delete(folder.resolve(file));
    }
  }

  @Test
  void everySampleBelongsToOneShard() {
    List<Integer> portions = IntStream.range(0, 17).boxed().toList();
    for (int count : new int[] {1, 2, 3, 17, 40}) {
      List<Integer> all = new ArrayList<>();
      for (int index = 1; index <= count; index++) {
        all.addAll(new Shard(index, count).of(portions));
      }
      assertThat(all).isEqualTo(portions);
    }
    assertThat(new Shard(2, 4).of(portions)).hasSizeBetween(4, 5);
  }

  @Test
  void shardsAreNamedByIndexAndCount() {
    assertThat(Shard.named("2/3")).isEqualTo(new Shard(2, 3));
    for (String wrong : List.of("0/3", "4/3", "1", "a/b", "1/0", "-1/2", "1/2/3")) {
      assertThatThrownBy(() -> Shard.named(wrong))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("--shard");
    }
  }

  @Test
  void rowsOfAnotherPartOrAuditOrHalfOfThemAreRefused() throws IOException {
    Case what = cases().get(0);
    Path one = folder.resolve("one");
    run(one, what, new Shard(1, 2), Progress.NONE);

    assertThatThrownBy(() -> ShardRows.open(one, new Shard(2, 2), AUDIT))
        .hasMessageContaining("the rows of another audit");
    assertThatThrownBy(() -> ShardRows.open(one, new Shard(1, 2), ContentHash.of("other")))
        .hasMessageContaining("the rows of another audit");

    Path two = folder.resolve("two");
    assertThatThrownBy(() -> run(two, what, new Shard(2, 2), stopping()))
        .isInstanceOf(InterruptedRunException.class);
    assertThatThrownBy(() -> ShardRows.open(two, new Shard(2, 2), AUDIT))
        .hasMessageContaining("rows that are not finished");

    ShardRows first = ShardRows.open(one, new Shard(1, 2), AUDIT);
    ShardRows asSecond = new ShardRows(one, new Shard(2, 2), first.lines(), first.skipped());
    assertThatThrownBy(
            () -> what.audit().join(List.of(first, asSecond), List.of(new CollectingSink())))
        .hasMessageContaining("nothing of sample");
  }

  @Test
  void aFinishedAuditWithSamplesLeftOutIsAnsweredWithoutAPass() throws IOException {
    Case what = cases().get(0);
    List<Skipped> first = run(folder, what, Shard.WHOLE, Progress.NONE);
    BatchSensitiveEncoder again = new BatchSensitiveEncoder();

    try (AuditRows rows = AuditRows.open(folder, AUDIT)) {
      var outcome =
          new ModalityBalanceAudit(again, what.configs(), what.data())
              .run(sinks(rows, what), Progress.NONE)
              .get(0);
      assertThat(outcome.skipped()).isEqualTo(first).hasSize(1);
    }

    assertThat(again.images + again.texts).isZero();
  }

  private static Progress stopping() {
    return (name, total) ->
        new Progress.Task() {
          @Override
          public void advance(long by) {
            throw new InterruptedRunException("stopped");
          }

          @Override
          public void close() {}
        };
  }
}
