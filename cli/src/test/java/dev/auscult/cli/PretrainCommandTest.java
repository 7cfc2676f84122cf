package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PretrainCommandTest {
  private static final String CONFIG =
      """
      data:
        - {source: phantom, samples: 60, seed: 1, size: 48}
      tokenizer: {vocabulary: 520}
      model:
        image_size: 32
        patch_size: 16
        context: 64
        projection: 8
        vision: {width: 16, layers: 1, heads: 2}
        text: {width: 16, layers: 1, heads: 2}
      training: {epochs: 6, batch: 16, learning_rate: 0.003, warmup: 4}
      validation: {samples: 20}
      seed: 1
      """;

  private final Path folder;
  private final Path out;

  PretrainCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("trained");
  }

  @Test
  void theLossFallsAndTheCheckpointIsAModel() throws IOException {
    Outcome outcome = Cli.run("pretrain", config(CONFIG), "--out", out, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode curves = outcome.json().at("/result/curves");
    assertThat(curves).hasSize(6);
    assertThat(curves.get(5).path("train_loss").asDouble())
        .isLessThan(curves.get(0).path("train_loss").asDouble());
    assertThat(Files.readAllLines(out.resolve("training.csv"))).hasSize(7);
    assertThat(Files.readString(out.resolve("index.html"))).contains("</html>");

    Outcome inspected = Cli.run("models", "inspect", out.resolve("best"), "--json");
    assertThat(inspected.json().at("/result/dimension").asInt()).isEqualTo(8);
    assertThat(inspected.json().at("/provenance/model/0/weights"))
        .isEqualTo(outcome.json().at("/provenance/model/0/weights"));
  }

  @Test
  void anInterruptedTrainingResumesToTheSameWeights() throws IOException {
    Path config = config(CONFIG);
    Outcome interrupted = Cli.runUntil(Cli.stopAtStep(9), "pretrain", config, "--out", out);
    assertThat(interrupted.code()).isEqualTo(130);
    assertThat(out.resolve("result.json")).doesNotExist();

    Outcome resumed = Cli.run("pretrain", config, "--out", out);
    Outcome whole = Cli.run("pretrain", config, "--out", folder.resolve("whole"));

    assertThat(resumed.code()).isZero();
    assertThat(whole.code()).isZero();
    assertThat(out.resolve("last/model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("whole/last/model.safetensors"));
  }

  @Test
  void theSeedOfTheCommandOverridesTheConfigurations() throws IOException {
    Outcome outcome = Cli.run("pretrain", config(CONFIG), "--out", out, "--json", "--seed", 9);

    assertThat(outcome.json().at("/config/seed").asInt()).isEqualTo(9);
    Hostile.assertRefused(Cli.run("pretrain", config(CONFIG), "--out", out), "seed 9 there, 1 now");
  }

  @Test
  void wrongConfigurationsAreRefused() throws IOException {
    Hostile.assertRefused(
        Cli.run("pretrain", folder.resolve("nowhere.yaml"), "--out", out), "nowhere.yaml");
    Hostile.assertRefused(
        Cli.run("pretrain", config(CONFIG + "epoch: 3\n"), "--out", out), "epoch");
    Hostile.assertRefused(Cli.run("pretrain", config("data: [\n"), "--out", out), "pretrain.yaml");
    assertThat(out).doesNotExist();
  }

  private Path config(String yaml) throws IOException {
    return Files.writeString(folder.resolve("pretrain.yaml"), yaml);
  }
}
