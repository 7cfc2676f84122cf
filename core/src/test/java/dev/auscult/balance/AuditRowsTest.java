package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.InterruptedRunException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditRowsTest {
  private static final ContentHash AUDIT = ContentHash.of("this audit");

  private final Path folder;

  AuditRowsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Stops like a user after some steps. */
  private static Progress stoppingAfter(long steps) {
    return (name, total) ->
        new Progress.Task() {
          private long done;

          @Override
          public void advance(long by) {
            done += by;
            if (done >= steps) {
              throw new InterruptedRunException("stopped");
            }
          }

          @Override
          public void close() {}
        };
  }

  private static ToyData data(AuditTask task) {
    return switch (task) {
      case ISA -> ToyData.captions(12);
      case VQA -> ToyData.questions(4);
      case FOIL -> AuditTaskTest.images(6);
      case CLASS, RETRIEVAL -> AuditTaskTest.images(12);
    };
  }

  private static List<Map<String, ?>> run(Path folder, AuditTask task, Progress progress)
      throws IOException {
    BalanceConfig config = BalanceConfig.faithful(task, new Seed(4));
    List<Map<String, ?>> results = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    try (AuditRows rows = AuditRows.open(folder, AUDIT)) {
      for (String model : List.of("one", "two")) {
        var outcome =
            new ModalityBalanceAudit(new ToyDualEncoder(model), config, data(task))
                .run(rows.of(model, Preset.FAITHFUL), progress);
        Map<String, Object> json = new LinkedHashMap<>(outcome.balance().toJson());
        json.remove("seconds");
        results.add(json);
        skipped.addAll(outcome.skipped());
      }
      rows.finish(task, skipped);
    }
    return results;
  }

  @ParameterizedTest
  @EnumSource(AuditTask.class)
  void endsWithTheSameBytesAfterInterruptions(AuditTask task) throws IOException {
    Path straight = folder.resolve("straight");
    Path broken = folder.resolve("broken");
    List<Map<String, ?>> expected = run(straight, task, Progress.NONE);

    for (int stop : new int[] {1, 2, 5, 7, 11}) {
      assertThatThrownBy(() -> run(broken, task, stoppingAfter(stop)))
          .isInstanceOf(InterruptedRunException.class);
      assertThat(broken.resolve("attributions.jsonl")).doesNotExist();
      assertThat(broken.resolve("samples.csv")).doesNotExist();
    }
    Files.writeString(
        broken.resolve("attributions.jsonl.partial"),
        "{\"model\":\"one\",\"id\":\"half",
        StandardOpenOption.APPEND);
    List<Map<String, ?>> resumed = run(broken, task, Progress.NONE);

    assertThat(resumed).isEqualTo(expected);
    for (String file : List.of("attributions.jsonl", "samples.csv", "skipped.csv")) {
      assertThat(broken.resolve(file)).hasSameBinaryContentAs(straight.resolve(file));
    }
    try (var files = Files.list(broken)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "attributions.jsonl", "samples.csv", "skipped.csv", "audit.fingerprint");
    }
  }

  @Test
  void answersAFinishedAuditFromItsRows() throws IOException {
    List<Map<String, ?>> first = run(folder, AuditTask.VQA, Progress.NONE);
    byte[] lines = Files.readAllBytes(folder.resolve("attributions.jsonl"));
    BalanceConfig config = BalanceConfig.faithful(AuditTask.VQA, new Seed(4));
    ToyDualEncoder again = new ToyDualEncoder("one");

    try (AuditRows rows = AuditRows.open(folder, AUDIT)) {
      new ModalityBalanceAudit(again, config, data(AuditTask.VQA))
          .run(rows.of("one", Preset.FAITHFUL), Progress.NONE);
      assertThat(folder.resolve("attributions.jsonl")).hasBinaryContent(lines);
    }

    assertThat(again.images + again.texts).isZero();
    assertThat(run(folder, AuditTask.VQA, Progress.NONE)).isEqualTo(first);
    assertThat(folder.resolve("attributions.jsonl")).hasBinaryContent(lines);
  }

  @Test
  void computesAgainWhatIsMissingFromAFinishedAudit() throws IOException {
    run(folder, AuditTask.ISA, Progress.NONE);
    Path lines = folder.resolve("attributions.jsonl");
    byte[] whole = Files.readAllBytes(lines);
    Files.write(lines, java.util.Arrays.copyOf(whole, whole.length / 2));

    run(folder, AuditTask.ISA, Progress.NONE);

    assertThat(lines).hasBinaryContent(whole);
  }

  @Test
  void doesNotEncodeAgainWhatIsFinished() throws IOException {
    BalanceConfig config = BalanceConfig.faithful(AuditTask.VQA, new Seed(4));
    ToyDualEncoder first = new ToyDualEncoder();
    try (AuditRows rows = AuditRows.open(folder, AUDIT)) {
      new ModalityBalanceAudit(first, config, data(AuditTask.VQA))
          .run(rows.of("toy", Preset.FAITHFUL), Progress.NONE);
    }
    ToyDualEncoder second = new ToyDualEncoder();

    try (AuditRows rows = AuditRows.open(folder, AUDIT)) {
      var outcome =
          new ModalityBalanceAudit(second, config, data(AuditTask.VQA))
              .run(rows.of("toy", Preset.FAITHFUL), Progress.NONE);
      assertThat(outcome.balance().cost().encoderPasses()).isEqualTo(first.images + first.texts);
    }

    assertThat(second.images + second.texts).isZero();
  }

  @Test
  void writesTheColumnsThatScriptsRelyOn() throws IOException {
    run(folder.resolve("isa"), AuditTask.ISA, Progress.NONE);
    run(folder.resolve("vqa"), AuditTask.VQA, Progress.NONE);

    assertThat(Files.readAllLines(folder.resolve("isa/samples.csv")))
        .hasSize(1 + 2 * 12)
        .startsWith("model,id,score,tscore,iscore,delta,delta_se,passes,noise_dominated,preset");
    assertThat(Files.readAllLines(folder.resolve("vqa/samples.csv")))
        .hasSize(1 + 2 * 12)
        .startsWith(
            "model,id,score,tscore,iscore,delta,delta_se,passes,noise_dominated,predicted,answer,correct,preset");
    assertThat(Files.readString(folder.resolve("vqa/skipped.csv"))).isEqualTo("id,reason\n");
    assertThat(Files.readAllLines(folder.resolve("isa/attributions.jsonl")).get(0))
        .contains(
            "\"id\":",
            "\"tokens\":",
            "\"text_phi\":",
            "\"text_se\":",
            "\"grid\":[3,3]",
            "\"image_phi\":",
            "\"image_se\":",
            "\"empty_score\":",
            "\"full_score\":");
  }

  @Test
  void readsBackWhatItWroteToTheBit() throws IOException {
    CollectingSink sink = new CollectingSink();
    new ModalityBalanceAudit(
            new ToyDualEncoder("one"),
            BalanceConfig.faithful(AuditTask.VQA, new Seed(4)),
            data(AuditTask.VQA))
        .run(sink, Progress.NONE);
    run(folder, AuditTask.VQA, Progress.NONE);

    List<SampleBalance> read = new ArrayList<>();
    AttributionsFile.forEach(
        folder.resolve("attributions.jsonl"),
        line -> {
          if (line.model().equals("one")) {
            read.add(line.balance());
          }
        });

    assertThat(read).containsExactlyElementsOf(sink.balances.values());
  }

  @Test
  void doesNotContinueAnotherAudit() throws IOException {
    AuditRows.open(folder, AUDIT).close();

    assertThatThrownBy(() -> AuditRows.open(folder, ContentHash.of("another audit")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the rows of another audit")
        .hasMessageContaining("choose another --out");
  }

  @Test
  void doesNotReplaceAnotherFinishedAudit() throws IOException {
    run(folder, AuditTask.ISA, Progress.NONE);

    assertThatThrownBy(() -> AuditRows.open(folder, ContentHash.of("another audit")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the rows of another audit");
  }

  @Test
  void letsOnlyOneRunUseAFolder() throws IOException {
    AuditRows first = AuditRows.open(folder, AUDIT);
    try (first) {
      assertThatThrownBy(() -> AuditRows.open(folder, AUDIT))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("another audit at work");
    }
    AuditRows.open(folder, AUDIT).close();
  }

  @Test
  void dropsDamagedLinesAndWhatFollowsThem() throws IOException {
    try (AuditRows rows = AuditRows.open(folder, AUDIT)) {
      new ModalityBalanceAudit(
              new ToyDualEncoder(),
              BalanceConfig.faithful(AuditTask.ISA, new Seed(4)),
              ToyData.captions(4))
          .run(rows.of("toy", Preset.FAITHFUL), Progress.NONE);
    }
    Path partial = folder.resolve("attributions.jsonl.partial");
    List<String> lines = new ArrayList<>(Files.readAllLines(partial));
    lines.set(2, "\0\0\0\0");
    Files.write(partial, lines);

    try (AuditRows rows = AuditRows.open(folder, AUDIT)) {
      assertThat(rows.of("toy", Preset.FAITHFUL).finished("c1")).isPresent();
      assertThat(rows.of("toy", Preset.FAITHFUL).finished("c2")).isEmpty();
      assertThat(rows.of("toy", Preset.FAITHFUL).finished("c3")).isEmpty();
    }
    assertThat(Files.readAllLines(partial)).isEqualTo(lines.subList(0, 2));
  }

  @Test
  void continuesARunThatEndedWhileItsFilesGotTheirNames() throws IOException {
    run(folder, AuditTask.ISA, Progress.NONE);
    Files.delete(folder.resolve("samples.csv"));

    try (AuditRows rows = AuditRows.open(folder, AUDIT)) {
      assertThat(rows.of("one", Preset.FAITHFUL).finished("c11")).isPresent();
      assertThat(rows.of("two", Preset.FAITHFUL).finished("c11")).isPresent();
    }
  }

  @Test
  void tellsAuditsApartByEverythingTheirNumbersDependOn() {
    BalanceConfig config = BalanceConfig.faithful(AuditTask.ISA, new Seed(1));
    var toy = List.of(new ToyDualEncoder().identity());
    ContentHash data = ContentHash.of("data");

    assertThat(config.fingerprint(toy, data)).isEqualTo(config.fingerprint(toy, data));
    assertThat(
            List.of(
                config.fingerprint(toy, data),
                config.fingerprint(toy, ContentHash.of("other data")),
                config.fingerprint(List.of(new ToyDualEncoder("b").identity()), data),
                config.withBudget(PassBudget.of(900)).fingerprint(toy, data),
                BalanceConfig.faithful(AuditTask.VQA, new Seed(1)).fingerprint(toy, data),
                BalanceConfig.faithful(AuditTask.ISA, new Seed(2)).fingerprint(toy, data)))
        .doesNotHaveDuplicates();
  }
}
