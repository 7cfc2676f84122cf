package dev.auscult.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {
  private final Path folder;

  SourceReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Twelve images of six patients; a copy of one under another patient; one is no image. */
  @BeforeEach
  void writeManifest() throws IOException {
    StringBuilder manifest = new StringBuilder("id,image,text,patient,split,label\n");
    for (int i = 0; i < 12; i++) {
      writeImage("image%d.png".formatted(i), i);
      manifest.append(
          "s%d,image%d.png,a text about %d,p%d,,c%d\n".formatted(i, i, i, i / 2, i % 3));
    }
    writeImage("copy.png", 3);
    manifest.append("copy,copy.png,the same again,other,test,c0\n");
    Files.writeString(folder.resolve("broken.png"), "no picture");
    manifest.append("broken,broken.png,a text,broken,train,c0\n");
    manifest.append("mute,image0.png,,p0,,c0\n");
    Files.writeString(folder.resolve("pairs.csv"), manifest.toString());
  }

  @Test
  void keepsPatientsTogetherAndDuplicatesOfTestImagesOutOfTraining() {
    TrainingSet set = SourceReader.read(config("fraction: 0.4"));

    assertThat(set.heldOut()).as("the copy, its original and that patient's other").isEqualTo(3);
    assertThat(set.training().size() + set.validation().size()).isEqualTo(11);
    assertThat(set.validation()).hasSizeBetween(2, 5);
    assertThat(set.training())
        .extracting(PairedSample::id)
        .doesNotContain("data[0] s2", "data[0] s3", "data[0] copy");
    assertThat(set.labels()).containsExactly("c0", "c1", "c2");
    assertThat(set.skipped())
        .singleElement()
        .satisfies(left -> assertThat(left.id()).isEqualTo("data[0] mute"));
  }

  @Test
  void anUnreadableImageIsLeftOutAndListed() {
    PretrainResult result =
        Pretraining.run(
            config("fraction: 0"),
            folder.resolve("run"),
            new Compute(1, DType.FLOAT32, 0),
            Progress.NONE);

    assertThat(result.validationSamples()).isZero();
    assertThat(result.curves()).hasSize(2).allMatch(row -> row.validation().isEmpty());
    assertThat(result.bestEpoch()).as("without validation the last").isEqualTo(2);
    assertThat(result.skipped())
        .extracting(PretrainResult.Skipped::id)
        .containsExactly("data[0] mute", "data[0] broken");
  }

  @Test
  void refusesSourcesWithNothingToTrainOn() {
    PretrainConfig questions =
        PretrainYaml.parse(
            "data: [{source: %s, texts: qa}]".formatted(folder.resolve("pairs.csv")), "c.yaml");

    assertThatThrownBy(() -> SourceReader.read(questions))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("0 samples to train on (15 left out)");
  }

  private PretrainConfig config(String validation) {
    return PretrainYaml.parse(
        """
        data: [{source: %s}]
        tokenizer: {vocabulary: 600}
        model:
          image_size: 16
          patch_size: 8
          projection: 8
          vision: {width: 16, layers: 1, heads: 2}
          text: {width: 16, layers: 1, heads: 2}
        training: {epochs: 2, batch: 20, warmup: 0}
        validation: {%s}
        """
            .formatted(folder.resolve("pairs.csv"), validation),
        "c.yaml");
  }

  private void writeImage(String name, int shade) throws IOException {
    BufferedImage image = new BufferedImage(20, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int x = 0; x < 20; x++) {
      for (int y = 0; y < 16; y++) {
        image.getRaster().setSample(x, y, 0, 20 * shade + x % 7);
      }
    }
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }
}
