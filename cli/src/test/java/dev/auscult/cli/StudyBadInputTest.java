package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a study says of data that cannot be studied, and what is left of one that broke off. */
class StudyBadInputTest {
  private static final int IMAGES = 24;
  private static final String PRIOR =
      """
      tasks:
        - name: state
          attribute: label
          template: "{concept}"
          classes:
            - name: ill
              concepts: [{name: ill}]
            - name: well
              concepts: [{name: well}]
            - name: unknown to the data
              concepts: [{name: never}]
      """;

  private final Path folder;
  private final Path out;

  StudyBadInputTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out");
  }

  private Outcome study(IntFunction<String> label, String more) throws IOException {
    Pictures.folder(folder.resolve("images"), IMAGES);
    StringBuilder csv = new StringBuilder("id,image,text,patient,label\n");
    for (int i = 0; i < IMAGES; i++) {
      String id = "image-%03d".formatted(i);
      csv.append("%s,images/%s.png,a caption,person-%d,%s%n".formatted(id, id, i, label.apply(i)));
    }
    Path data = Files.writeString(folder.resolve("manifest.csv"), csv.toString());
    Path prior = Files.writeString(folder.resolve("prior.yaml"), PRIOR);
    Path config =
        Files.writeString(
            folder.resolve("study.yaml"),
            """
            model: %s
            data: %s
            prior: %s
            test: 0.25
            fractions: [1]
            repetitions: 2
            methods: [zero-shot, scale, linear]
            epochs: 2
            %s
            """
                .formatted(Cli.MODEL, data, prior, more));
    return Cli.run("study", config, "--out", out, "--no-cache", "--json");
  }

  private static String alternating(int i) {
    return i % 2 == 0 ? "ill" : "well";
  }

  @Test
  void aLabelOutsideThePriorIsListedAndTheRestIsStudied() throws IOException {
    Outcome outcome = study(i -> i == 3 ? "odd" : alternating(i), "");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/result/skipped").asInt()).isEqualTo(1);
    assertThat(Files.readAllLines(out.resolve("skipped.csv")))
        .anyMatch(line -> line.startsWith("image-003,") && line.contains("no combination"));
  }

  @Test
  void aClassWithoutSamplesIsNoted() throws IOException {
    Outcome outcome = study(StudyBadInputTest::alternating, "");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/result/notes").toString())
        .contains("unknown to the data")
        .contains("in the data");
    assertThat(outcome.err()).contains("unknown to the data");
  }

  @Test
  void oneClassOnlyIsRefused() throws IOException {
    Outcome outcome = study(i -> "ill", "");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("manifest.csv, training split 1.0-1 of state: found 18 samples of")
        .contains("one label only")
        .contains("expected samples that differ in their labels; add samples of another class")
        .doesNotContain("\tat ");
    assertThat(out).doesNotExist();
  }

  @Test
  void aPlanThatPartsPatientsIsRefusedAndTheyAreListedButNotNamed() throws IOException {
    Outcome first = study(StudyBadInputTest::alternating, "");
    assertThat(first.code()).as(first.err()).isZero();
    Path manifest = folder.resolve("manifest.csv");
    Path plan = folder.resolve("plan.csv");
    Files.copy(out.resolve("splits.csv"), plan);
    String tested =
        Files.readAllLines(plan).stream()
            .filter(line -> line.contains(",test,"))
            .map(line -> line.split(",", -1)[1])
            .findFirst()
            .orElseThrow();
    String pooled =
        Files.readAllLines(plan).stream()
            .filter(line -> line.contains(",pool,"))
            .map(line -> line.split(",", -1)[1])
            .findFirst()
            .orElseThrow();
    Path other = folder.resolve("other.csv");
    Files.writeString(
        other, Files.readString(manifest).replace("," + pooled + ",", "," + tested + ","));
    Path config = folder.resolve("study.yaml");
    List<String> lines =
        Files.readAllLines(config).stream()
            .filter(
                line ->
                    !line.startsWith("test:")
                        && !line.startsWith("fractions:")
                        && !line.startsWith("repetitions:"))
            .map(line -> line.startsWith("data:") ? "data: " + other : line)
            .toList();
    Files.write(config, lines);
    Files.writeString(config, Files.readString(config) + "splits: " + plan + "\n");
    Path again = folder.resolve("again");

    Outcome outcome = Cli.run("study", config, "--out", again, "--no-cache");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("1 patient on several sides of the split, listed in")
        .doesNotContain("person-");
    assertThat(Files.readString(again.resolve("shared-patients.csv")))
        .contains(tested + ",")
        .doesNotContain(pooled + ",");
  }

  @Test
  void whatAKilledStudyHasFinishedIsKeptAndTheResultIsTheSame() throws IOException {
    Outcome whole = study(StudyBadInputTest::alternating, "");
    assertThat(whole.code()).as(whole.err()).isZero();
    Path kept = out.resolve("cells/state/linear/1.0-1.json");
    byte[] cell = Files.readAllBytes(kept);
    Files.delete(out.resolve("result.json"));
    Files.delete(out.resolve("cells/state/scale/1.0-2.json"));
    Files.writeString(out.resolve("cells/state/scale/.1.0-2.json.tmp"), "{\"half");

    Outcome resumed =
        Cli.run("study", folder.resolve("study.yaml"), "--out", out, "--no-cache", "--json");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(Files.readAllBytes(kept)).isEqualTo(cell);
    assertThat(resumed.json().at("/result")).isEqualTo(whole.json().at("/result"));
  }

  /** A full disk fails where it is written to; here a file is where the folder would be. */
  @Test
  void aFitThatCannotBeWrittenEndsTheStudyInOneLineAndTheSameCommandGoesOn() throws IOException {
    Files.createDirectories(out);
    Outcome whole = study(StudyBadInputTest::alternating, "");
    assertThat(whole.code()).as(whole.err()).isZero();
    Files.delete(out.resolve("result.json"));
    Path there = out.resolve("cells/state/scale");
    Path aside = Files.move(there, folder.resolve("aside"));
    Files.writeString(there, "in the way");

    Outcome failed = Cli.run("study", folder.resolve("study.yaml"), "--out", out, "--no-cache");
    Files.delete(there);
    Files.move(aside, there);
    Outcome resumed =
        Cli.run("study", folder.resolve("study.yaml"), "--out", out, "--no-cache", "--json");

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err())
        .contains("a file that cannot be written")
        .contains("free space and give the same command again")
        .doesNotContain("\tat ");
    assertThat(resumed.json().at("/result")).isEqualTo(whole.json().at("/result"));
  }
}
