package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writing that fails in the middle of a file, as on a full disk: the system lets no file of the
 * process grow beyond a limit ({@code ulimit -f}, which needs no rights). A run without the limit
 * comes first: it unpacks what Java unpacks once.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such limit")
class FullDiskTest {
  private static final int IMAGES = 48;
  private static final int KINDS = 24;

  /** Half kilobytes that hold the plan and the fits of the first task, not those of the second. */
  private static final int IN_A_FIT = 7;

  /** Half kilobytes that hold every fit, and not the report. */
  private static final int IN_THE_REPORT = 16;

  /** A row of the table of seconds: fits, mean, longest, all. */
  private static final String TIMINGS_OF_A_METHOD =
      "(?s)<tr><th scope=\"row\" class=\"words\">(linear probe|zero-shot)</th>"
          + "<td class=\"number\">4</td>.*?</tr>";

  private static final String[] FITS_OF_THE_FIRST_TASK = {
    "state/zero-shot/1.0-1.json",
    "state/zero-shot/1.0-2.json",
    "state/linear/1.0-1.json",
    "state/linear/1.0-2.json"
  };

  private final Path folder;
  private final Path out;

  FullDiskTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out");
  }

  @Test
  void aStudyGoesOnWhereTheDiskWasFull() throws Exception {
    List<String> study = command("study", config().toString());
    Map<String, String> uninterrupted = finishedAside(study);

    String inAFit = limited(IN_A_FIT, study);
    Map<String, String> fits = AuditFiles.everyByte(out.resolve("cells"));
    String inTheReport = limited(IN_THE_REPORT, study);
    Map<String, String> allFits = AuditFiles.everyByte(out.resolve("cells"));
    Map<String, String> resumed = finished(study);

    assertThat(inAFit).contains("/cells/kind/");
    assertThat(fits).containsOnlyKeys(FITS_OF_THE_FIRST_TASK);
    assertThat(inTheReport).doesNotContain("/cells/");
    assertThat(allFits).hasSize(8).containsAllEntriesOf(fits);
    assertThat(AuditFiles.everyByte(out.resolve("cells"))).isEqualTo(allFits);
    AuditFiles.assertSame(resumed, uninterrupted);
  }

  @Test
  void anAdaptationEndsAsIfTheDiskHadNeverBeenFull() throws Exception {
    List<String> adapt =
        command(
            "adapt", "--method", "linear", "--model", "" + Cli.MODEL, "--data", "" + manifest());
    Map<String, String> uninterrupted = finishedAside(adapt);

    limited(IN_THE_REPORT, adapt);

    AuditFiles.assertSame(finished(adapt), uninterrupted);
  }

  private List<String> command(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--no-cache", "--threads", "1", "--out", out.toString()));
    return all;
  }

  /** Runs a command that must fail for want of room, and gives what it said at last. */
  private String limited(int limit, List<String> command) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f \"$0\" && exec \"$@\"", "" + limit));
    words.addAll(java(command));
    // The limit is for what the command writes: what it says goes through a pipe.
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(1);
    assertThat(out.resolve("result.json")).doesNotExist();
    String complaint = said.lines().reduce((one, other) -> other).orElseThrow();
    assertThat(complaint)
        .startsWith("auscult: " + out)
        .contains("found a file that cannot be written (File too large)")
        .contains("free space and give the same command again");
    assertThat(said).doesNotContain("\tat ");
    return complaint;
  }

  private Map<String, String> finished(List<String> command) throws IOException {
    Outcome outcome = Cli.run(command.toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Map<String, String> files = AuditFiles.butForTimes(out);
    files.keySet().removeIf(name -> name.contains("timings") || name.equals("fits.csv"));
    files.replaceAll(
        (name, text) ->
            text.replaceAll("\"(training_)?seconds\" ?: ?[^,\\n]*", "")
                .replaceAll("Training took [^<]*", "")
                .replaceAll(TIMINGS_OF_A_METHOD, ""));
    return files;
  }

  /** What a run leaves that nothing interrupts; its folder is free again. */
  private Map<String, String> finishedAside(List<String> command) throws IOException {
    Map<String, String> files = finished(command);
    Files.move(out, folder.resolve("uninterrupted"));
    return files;
  }

  private static List<String> java(List<String> command) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.auscult.cli.Main"));
    words.addAll(command);
    return words;
  }

  private Path manifest() throws IOException {
    Pictures.folder(folder.resolve("images"), IMAGES);
    StringBuilder csv = new StringBuilder("id,image,text,patient,label,attr.kind\n");
    for (int i = 0; i < IMAGES; i++) {
      String id = "image-%03d".formatted(i);
      csv.append(
          "%s,images/%s.png,,p%d,%s,kind%d%n"
              .formatted(id, id, i, i % 2 == 0 ? "ill" : "well", i % KINDS));
    }
    return Files.writeString(folder.resolve("manifest.csv"), csv.toString());
  }

  private Path config() throws IOException {
    StringBuilder prior = new StringBuilder("tasks:\n");
    task(prior, "state", "label", Stream.of("ill", "well"));
    task(prior, "kind", "kind", Stream.iterate(0, i -> i + 1).limit(KINDS).map(i -> "kind" + i));
    Path file = Files.writeString(folder.resolve("prior.yaml"), prior.toString());
    return Files.writeString(
        folder.resolve("study.yaml"),
        """
        model: %s
        data: %s
        prior: %s
        test: 0.33
        fractions: [1]
        repetitions: 2
        methods: [zero-shot, linear]
        """
            .formatted(Cli.MODEL, manifest(), file));
  }

  private static void task(
      StringBuilder prior, String name, String attribute, Stream<String> values) {
    prior.append("  - name: %s%n    attribute: %s%n    classes:%n".formatted(name, attribute));
    values.forEach(
        value ->
            prior.append("      - {name: %s, concepts: [{name: %s}]}%n".formatted(value, value)));
  }
}
