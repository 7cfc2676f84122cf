package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.Seed;
import dev.auscult.image.ImageTransform;
import dev.auscult.tensor.Compute;
import dev.auscult.text.BpeTrainer;
import dev.auscult.text.BpeVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipCheckpointWriterTest {
  private static final ClipFixture COMPLETE = new ClipFixture("complete");

  private final Path folder;

  ClipCheckpointWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void writesAFolderThatLoadsWithTheSameBits() throws IOException {
    BpeVocabulary vocabulary = BpeTrainer.train(Stream.of("no effusion", "left effusion"), 520);
    ClipConfig config = COMPLETE.config();
    try (Parameters parameters = ClipInitializer.draw(config, new Seed(3))) {
      ClipModel model = ClipModel.of(config, parameters);

      ClipCheckpointWriter.write(
          folder,
          config,
          parameters,
          ImageTransform.clip(16),
          target -> vocabulary.writeTo(target, 20));

      try (DualEncoder encoder = Models.load(folder.toString(), Compute.standard())) {
        assertThat(encoder.encodeImages(COMPLETE.pixels()).toArray())
            .containsExactly(model.encodeImages(COMPLETE.pixels()).toArray());
        assertThat(encoder.encodeTexts(COMPLETE.ids()).toArray())
            .containsExactly(model.encodeTexts(COMPLETE.ids(), COMPLETE.pooled()).toArray());
        assertThat(encoder.imageTransform()).isEqualTo(ImageTransform.clip(16));
        assertThat(encoder.tokenizer().encode("effusion").ids()).hasSizeBetween(3, 10);
      }
    }
  }

  @Test
  void leavesNoWeightsWhereSomethingElseCouldNotBeWritten() throws IOException {
    Files.writeString(folder.resolve("model.safetensors"), "of an earlier run");
    try (Parameters parameters = ClipInitializer.draw(COMPLETE.config(), new Seed(3))) {
      assertThatThrownBy(
              () ->
                  ClipCheckpointWriter.write(
                      folder,
                      COMPLETE.config(),
                      parameters,
                      ImageTransform.clip(16),
                      target -> {
                        throw new IOException("disk full");
                      }))
          .hasMessage("disk full");
    }

    assertThat(folder.resolve("model.safetensors")).doesNotExist();
  }
}
