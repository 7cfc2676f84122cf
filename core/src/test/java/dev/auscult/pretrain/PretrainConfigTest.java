package dev.auscult.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.data.phantom.CueMode;
import dev.auscult.data.phantom.OverlayMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PretrainConfigTest {
  private static final String SMALLEST = "data: [{source: phantom}]\n";

  @Test
  void takesDefaultsForEverythingButTheData() {
    PretrainConfig config = PretrainYaml.parse(SMALLEST, "c.yaml");

    assertThat(config.data())
        .containsExactly(
            new DataSource.Phantoms(
                10_000, 0, 128, OverlayMode.NONE, CueMode.NONE, TextChoice.BOTH));
    assertThat(config.training().length()).isEqualTo(new TrainingLength.Epochs(8));
    assertThat(config.training().loss()).isEqualTo(TrainingLoss.INFO_NCE);
    assertThat(config.training().clip()).isEqualTo(1);
    assertThat(config.tokenizer()).isEqualTo(new TokenizerChoice.Trained(1024));
  }

  @Test
  void readsSourcesOfEveryKind() {
    PretrainConfig config =
        PretrainYaml.parse(
            """
            data:
              - {source: phantom, samples: 20, seed: 3, overlay: true-label, cue: misleading}
              - {source: "vqa-rad:../data/vqa-rad", texts: qa}
              - {source: pairs.csv, samples: 7, texts: caption}
            training: {steps: 9}
            tokenizer: {folder: some/model}
            """,
            "c.yaml");

    assertThat(config.data())
        .containsExactly(
            new DataSource.Phantoms(
                20, 3, 128, OverlayMode.TRUE_LABEL, CueMode.MISLEADING, TextChoice.BOTH),
            new DataSource.Named("vqa-rad:../data/vqa-rad", 0, TextChoice.QA),
            new DataSource.Named("pairs.csv", 7, TextChoice.CAPTION));
    assertThat(config.training().length()).isEqualTo(new TrainingLength.Steps(9));
    assertThat(config.tokenizer()).isEqualTo(new TokenizerChoice.Existing(Path.of("some/model")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model: {image: 5} | model.image: found an unknown key; expected one of image_size",
        "training: {learnin_rate: 5} | training.learnin_rate",
        "batch: 5 | c.yaml, batch: found an unknown key; expected one of data, tokenizer, model",
        "training: {batch: 1} | training.batch: found 1; expected a whole number from 2 to 65536",
        "training: {batch: many} | training.batch: found \"many\"",
        "training: {clip: .nan} | training.clip",
        "training: {epochs: 1, steps: 2} | either epochs or steps",
        "model: {image_size: 100, patch_size: 16} | a divisor of the image size 100",
        "model: {vision: {width: 10, heads: 3}} | a divisor of the width 10",
        "model: 5 | model: found no mapping",
        "training: {loss: triplet} | one of info-nce, semantic-matching",
        "model: {activation: swish} | one of quick_gelu, gelu",
        "seed: 1.5 | seed: found 1.5",
        "seed: 1, seed: 2 | bad YAML",
        "data: [] | data: found []",
      })
  void refusesWhatItDoesNotUnderstandAndSaysWhatItWould(String yaml, String message) {
    String text = yaml.startsWith("data") ? yaml : SMALLEST + yaml;

    assertThatThrownBy(() -> PretrainYaml.parse(text, "c.yaml"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> PretrainConfig.read(Path.of("no-such.yaml")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no-such.yaml: found no such file");
  }

  @Test
  void tellsTwoConfigurationsApart() {
    Map<String, String> one = ConfigEntries.of(PretrainYaml.parse(SMALLEST, "c"));
    Map<String, String> other =
        ConfigEntries.of(
            PretrainYaml.parse(SMALLEST + "training: {batch: 32, steps: 5}\nseed: 4", "c"));

    assertThat(ConfigEntries.differences(one, one)).isEmpty();
    assertThat(ConfigEntries.differences(other, one))
        .containsExactly(
            "seed 4 instead of 0",
            "training.batch 32 instead of 64",
            "training.epochs absent instead of 8",
            "training.steps 5 instead of absent");
  }

  @Test
  void readsEveryCommittedConfigurationOfPretraining() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "configs"))) {
      List<Path> configurations =
          files
              .filter(file -> file.toString().endsWith(".yaml"))
              .filter(file -> !file.getFileName().toString().matches("(study|prior)-.*"))
              .toList();

      assertThat(configurations).isNotEmpty().allSatisfy(PretrainConfig::read);
    }
  }
}
