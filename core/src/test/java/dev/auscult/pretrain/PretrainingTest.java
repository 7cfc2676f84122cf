package dev.auscult.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.base.InterruptedRunException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Sample;
import dev.auscult.data.phantom.CueMode;
import dev.auscult.data.phantom.OverlayMode;
import dev.auscult.data.phantom.PhantomConfig;
import dev.auscult.data.phantom.PhantomDataset;
import dev.auscult.data.phantom.PhantomWriter;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PretrainingTest {
  private static final Compute COMPUTE = new Compute(1, DType.FLOAT32, 0);

  private static final String TINY =
      """
      data:
        - {source: phantom, samples: 90, seed: 7, size: 48}
      tokenizer: {vocabulary: 600}
      model:
        image_size: 32
        patch_size: 16
        context: 48
        projection: 16
        vision: {width: 32, layers: 1, heads: 2}
        text: {width: 32, layers: 1, heads: 2}
      training: {epochs: 4, batch: 16, learning_rate: 0.003, warmup: 4}
      seed: 3
      """;

  private final Path folder;

  PretrainingTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void lossFallsAndTheBestCheckpointLoads() {
    PretrainResult result = run(TINY, "run", Progress.NONE);

    List<EpochRow> curves = result.curves();
    assertThat(curves).hasSize(4);
    assertThat(curves.get(3).trainLoss()).isLessThan(curves.get(0).trainLoss() - 0.2);
    assertThat(curves)
        .allSatisfy(
            row -> {
              EpochRow.Measures found = row.validation().orElseThrow();
              assertThat(found.samples()).isEqualTo(result.validationSamples());
              assertThat(found.loss()).isBetween(0.0, 10.0);
              assertThat(found.recallAt1().orElseThrow())
                  .isBetween(0.0, found.recallAt5().orElseThrow());
              assertThat(found.zeroShot()).isPresent();
              assertThat(row.cells()).hasSameSizeAs(EpochRow.columns());
            });
    assertThat(result.trainingSamples() + result.validationSamples() + result.heldOut())
        .isEqualTo(90);
    int batches = result.trainingSamples() / 16;
    assertThat(result.images()).isEqualTo(4L * 16 * batches);
    try (DualEncoder model = Models.load(result.best().toString(), COMPUTE)) {
      assertThat(model.dimension()).isEqualTo(16);
      assertThat(model.patchGrid().side()).isEqualTo(2);
      assertThat(model.tokenizer().encode("Clear lungs.").ids()).hasSizeGreaterThan(2);
    }
  }

  @Test
  void aResumedRunEndsWithTheSameBits() throws IOException {
    PretrainResult straight = run(TINY, "straight", Progress.NONE);
    int perEpoch = straight.trainingSamples() / 16;

    assertThatThrownBy(() -> run(TINY, "parts", stopAfter(2 * perEpoch)))
        .isInstanceOf(InterruptedRunException.class);
    assertThatThrownBy(() -> run(TINY, "parts", stopAfter(1)))
        .isInstanceOf(InterruptedRunException.class);
    PretrainResult resumed = run(TINY, "parts", Progress.NONE);

    assertThat(resumed.curves()).isEqualTo(straight.curves());
    assertThat(resumed.bestEpoch()).isEqualTo(straight.bestEpoch());
    assertThat(resumed.images()).isEqualTo(straight.images());
    assertThat(weights("parts/last")).isEqualTo(weights("straight/last"));
    assertThat(weights("parts/best")).isEqualTo(weights("straight/best"));
  }

  @Test
  void matchesImagesAndTextsThatNeverBelongedTogether() throws IOException {
    String matched =
        TINY.replace("epochs: 4", "loss: semantic-matching, epochs: 4")
            .replace("samples: 90", "samples: 60")
            .replace("tokenizer:", "  - {source: %s}\ntokenizer:".formatted(images(40, true)));

    PretrainResult straight = run(matched, "straight", Progress.NONE);
    int perEpoch = straight.trainingSamples() / 16;
    assertThatThrownBy(() -> run(matched, "parts", stopAfter(perEpoch + 1)))
        .isInstanceOf(InterruptedRunException.class);
    run(matched, "parts", Progress.NONE);

    assertThat(straight.skipped()).isEmpty();
    assertThat(straight.trainingSamples() + straight.validationSamples() + straight.heldOut())
        .as("images without a text too")
        .isEqualTo(100);
    List<EpochRow> curves = straight.curves();
    assertThat(curves.get(3).trainLoss()).isLessThan(curves.get(0).trainLoss() - 0.2);
    assertThat(curves.get(3).validation().orElseThrow().loss()).isBetween(0.0, 10.0);
    assertThat(weights("parts/last")).isEqualTo(weights("straight/last"));
    assertThatThrownBy(
            () -> run(matched.replace("semantic-matching", "info-nce"), "parts", Progress.NONE))
        .hasMessageContaining("training.loss info-nce instead of semantic-matching");
  }

  @ParameterizedTest
  @CsvSource({"true, images to train on and no text", "false, found 8 samples without labels"})
  void matchingNeedsLabelsAndTexts(boolean labelled, String complaint) throws IOException {
    String mute =
        TINY.replace("epochs: 4", "loss: semantic-matching, epochs: 4")
            .replaceAll("source: phantom.*", "source: %s}".formatted(images(8, labelled)));

    assertThatThrownBy(() -> run(mute, "run", Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(complaint);
  }

  /** A manifest of phantoms without texts. */
  private Path images(int n, boolean labelled) throws IOException {
    PhantomDataset phantoms =
        new PhantomDataset(new PhantomConfig(n, new Seed(11), 48, OverlayMode.NONE, CueMode.NONE));
    Path pictures = folder.resolve("pictures");
    PhantomWriter.write(phantoms, pictures, Progress.NONE);
    StringBuilder manifest = new StringBuilder("id,image,text,patient,label\n");
    for (Sample sample : phantoms.samples()) {
      String label = labelled ? sample.label().orElseThrow() : "";
      manifest.append(
          "%s,images/%s.png,,%s,%s%n"
              .formatted(sample.id(), sample.id(), sample.patient().orElseThrow(), label));
    }
    return Files.writeString(pictures.resolve("mute.csv"), manifest);
  }

  @Test
  void aFinishedRunIsNotTrainedAgain() throws IOException {
    String brief = TINY.replace("epochs: 4", "steps: 3");
    PretrainResult first = run(brief, "run", Progress.NONE);
    Files.delete(first.last().resolve("model.safetensors"));

    PretrainResult again = run(brief, "run", stopAfter(1));

    assertThat(again.curves()).isEqualTo(first.curves());
    assertThat(first.last().resolve("model.safetensors")).doesNotExist();
  }

  @Test
  void anotherConfigurationInTheSameFolderIsRefusedWithTheDifference() {
    String brief = TINY.replace("epochs: 4", "steps: 1");
    run(brief, "run", Progress.NONE);

    assertThatThrownBy(() -> run(brief.replace("samples: 90", "samples: 80"), "run", Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("data[0].samples 80 instead of 90")
        .hasMessageContaining("data[0].hash");
  }

  @Test
  void aDamagedStateIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(folder.resolve("run/state.safetensors"), "nonsense nonsense");

    assertThatThrownBy(() -> run(TINY, "run", Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("state.safetensors");
  }

  @Test
  void validatesOnlyWhenDue() throws IOException {
    PretrainResult result =
        run(
            TINY.replace("epochs: 4", "epochs: 2") + "validation: {every: 2, samples: 5}\n",
            "run",
            Progress.NONE);

    assertThat(result.validationSamples()).isEqualTo(5);
    assertThat(result.curves().get(0).validation()).isEmpty();
    assertThat(result.curves().get(1).validation()).isPresent();
    assertThat(result.bestEpoch()).isEqualTo(2);
    assertThat(weights("run/best")).isEqualTo(weights("run/last"));
  }

  private PretrainResult run(String yaml, String out, Progress progress) {
    return Pretraining.run(
        PretrainYaml.parse(yaml, "test.yaml"), folder.resolve(out), COMPUTE, progress);
  }

  private byte[] weights(String checkpoint) throws IOException {
    return Files.readAllBytes(folder.resolve(checkpoint).resolve("model.safetensors"));
  }

  /** Asks to stop once so many updates of this part are done. */
  private static Progress stopAfter(int updates) {
    return (name, total) ->
        new Progress.Task() {
          private long done = -1; // the first report says where the run continues

          @Override
          public void advance(long steps) {
            done = done < 0 ? 0 : done + steps;
            if (done >= updates) {
              throw new InterruptedRunException("stopped");
            }
          }

          @Override
          public void close() {}
        };
  }
}
