package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.checkpoint.SafetensorsWriter;
import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What adaptation says of data and models that it cannot learn from. */
class AdaptBadInputTest {
  private static final int IMAGES = 24;

  private final Path folder;
  private final Path out;

  AdaptBadInputTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out");
  }

  @Test
  void aLabelOutsideThePriorIsLeftOutAndListed() throws IOException {
    Path prior =
        Files.writeString(
            folder.resolve("prior.yaml"),
            """
            tasks:
              - name: state
                attribute: label
                classes:
                  - {name: ill, concepts: [{name: ill}]}
                  - {name: well, concepts: [{name: well}]}
                  - {name: dead, concepts: [{name: dead}]}
            """);

    Outcome outcome = adapt(Cli.MODEL, i -> i == 2 ? "odd" : state(i), "--prior", prior, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/result/training_samples").asInt()).isEqualTo(11);
    assertThat(outcome.err())
        .contains("left out 1, the first: none of the task's labels")
        .contains("no training sample of 1 labels: dead");
    assertThat(Files.readAllLines(out.resolve("skipped.csv")))
        .containsExactly("id,reason", "i2,none of the task's labels");
  }

  @Test
  void noLabelOfThePriorIsRefusedWithTheNextStep() throws IOException {
    Hostile.assertRefused(
        adapt(Cli.MODEL, AdaptBadInputTest::state, "--prior", "padchest-gr"),
        "training split: found 12 samples of no label; expected samples that differ");
    assertThat(out).doesNotExist();
  }

  /** The test images are all ill, so that a figure over classes counts what is there. */
  @Test
  void aClassWithoutTestSamplesIsNoFailure() throws IOException {
    Outcome outcome = adapt(Cli.MODEL, i -> i < 18 ? state(i) : "ill", "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/result/class_concept/adapted/accuracy/value").isNumber())
        .isTrue();
    assertThat(outcome.json().at("/result/class_concept/adapted/auroc/value").isNumber()).isFalse();
    assertThat(Files.readString(out.resolve("index.html"))).doesNotContain("NaN");
  }

  @Test
  void aClassWithoutTrainingSamplesIsNoted() throws IOException {
    Outcome outcome = adapt(Cli.MODEL, i -> i < 18 ? state(i) : i == 20 ? "rare" : state(i));

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("no training sample of 1 labels: rare");
  }

  @Test
  void oneClassInTheTrainingSplitIsRefused() throws IOException {
    Hostile.assertRefused(
        adapt(Cli.MODEL, i -> i < 12 ? "ill" : state(i)),
        "manifest.csv, training split: found 12 samples of one label only: ill;"
            + " expected samples that differ in their labels; add samples of another class");
    assertThat(out).doesNotExist();
  }

  @Test
  void embeddingsThatAreNoNumbersAreRefused() throws IOException {
    Hostile.assertRefused(
        adapt(damaged(), AdaptBadInputTest::state), "found an embedding that holds NaN; expected");
    assertThat(out).doesNotExist();
  }

  private static String state(int i) {
    return i % 2 == 0 ? "ill" : "well";
  }

  /** Half of the images train, a quarter validates, a quarter tests. */
  private Outcome adapt(Path model, IntFunction<String> label, Object... more) throws IOException {
    Pictures.folder(folder.resolve("images"), IMAGES);
    StringBuilder csv = new StringBuilder("id,image,text,patient,split,label\n");
    for (int i = 0; i < IMAGES; i++) {
      String split = i < 12 ? "train" : i < 18 ? "validation" : "test";
      csv.append(
          "i%d,images/image-%03d.png,,p%d,%s,%s%n".formatted(i, i, i, split, label.apply(i)));
    }
    Path data = Files.writeString(folder.resolve("manifest.csv"), csv.toString());
    Object[] words = {
      "adapt", "--method", "tip", "--model", model, "--data", data, "--no-cache", "--out", out
    };
    return Cli.run(Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray());
  }

  /** The model with a projection of images that holds no numbers. */
  private Path damaged() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("damaged"));
    try (Stream<Path> files = Files.list(Cli.MODEL)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    SafetensorsFile whole = SafetensorsFile.open(Cli.MODEL.resolve("model.safetensors"));
    SafetensorsWriter writer = new SafetensorsWriter();
    for (String name : whole.names()) {
      if (name.equals("visual_projection.weight")) {
        float[] values = whole.get(name).toFloats();
        Arrays.fill(values, Float.NaN);
        writer.addFloats(name, whole.get(name).shape(), values);
      } else {
        writer.addStored(whole.get(name));
      }
    }
    writer.write(copy.resolve("model.safetensors"));
    return copy;
  }
}
