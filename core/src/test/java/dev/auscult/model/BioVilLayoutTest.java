package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.checkpoint.SafetensorsWriter;
import dev.auscult.checkpoint.Weights;
import dev.auscult.tensor.Compute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model in two files of weights: whole from both, or not at all. */
class BioVilLayoutTest {
  private static final String IMAGES = "biovil_image_resnet50_proj_size_128.pt";
  private static final String COMPARING = "biovil_t_image_model_proj_size_128.pt";
  private static final String TEXTS = "pytorch_model.bin";

  private final Path folder;

  BioVilLayoutTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void copyTheModel() throws IOException {
    try (Stream<Path> files = Files.list(new ZooCase("biovil").folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private DualEncoder load(Path path) {
    return Models.load(path.toString(), Compute.standard());
  }

  private void refuses(Path path, String... words) {
    assertThatThrownBy(() -> load(path))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(words)
        .message()
        .doesNotContain("\n");
  }

  /** Writes a file of weights anew with other tensors, in the other format: its name stays. */
  private void rewrite(String file, Predicate<String> kept, String... added) throws IOException {
    Weights weights = Weights.open(folder.resolve(file));
    SafetensorsWriter writer = new SafetensorsWriter();
    for (String name : weights.names()) {
      if (kept.test(name)) {
        writer.addStored(weights.get(name));
      }
    }
    for (String name : added) {
      writer.addFloats(name, List.of(1L), new float[1]);
    }
    Path written = folder.resolve("rewritten");
    writer.write(written);
    Files.move(written, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void isTheSameByItsFolderAndByEitherFile() {
    ContentHash weights;
    try (DualEncoder encoder = load(folder)) {
      weights = encoder.identity().weights();
    }
    for (String file : List.of(IMAGES, TEXTS)) {
      try (DualEncoder encoder = load(folder.resolve(file))) {
        assertThat(encoder.identity().weights()).as(file).isEqualTo(weights);
      }
    }
  }

  @Test
  void isIdentifiedByBothFiles() throws IOException {
    ContentHash before;
    try (DualEncoder encoder = load(folder)) {
      before = encoder.identity().weights();
    }
    rewrite(IMAGES, name -> true);

    try (DualEncoder encoder = load(folder)) {
      assertThat(encoder.identity().weights()).isNotEqualTo(before);
    }
  }

  @Test
  void saysWhatOfBothFilesIsIgnored() {
    try (DualEncoder encoder = load(folder)) {
      assertThat(encoder.architecture().orElseThrow().ignored())
          .contains("encoder.encoder.fc.weight", "cls.predictions.bias")
          .allMatch(
              name ->
                  name.startsWith("cls.predictions.")
                      || name.startsWith("encoder.encoder.fc.")
                      || name.endsWith(".num_batches_tracked"));
    }
  }

  @Test
  void scoresWithTheCosineItself() {
    try (DualEncoder encoder = load(folder)) {
      assertThat(encoder.score()).isEqualTo(ScoreFunction.softmax(1));
    }
  }

  @Test
  void asksForTheImageEncoderThatIsMissing() throws IOException {
    Files.delete(folder.resolve(IMAGES));

    refuses(folder, "CXR-BERT without an image encoder", IMAGES, COMPARING, "download");
  }

  @Test
  void asksForTheTextEncoderThatIsMissing() throws IOException {
    Files.delete(folder.resolve(TEXTS));

    refuses(folder, "an image encoder without CXR-BERT", TEXTS, "download");
  }

  @Test
  void asksWhichOfTwoImageEncodersIsMeant() throws IOException {
    Files.copy(new ZooCase("biovil-t").folder().resolve(COMPARING), folder.resolve(COMPARING));

    refuses(folder, "two image encoders", "name the file");
    try (DualEncoder encoder = load(folder.resolve(COMPARING))) {
      assertThat(encoder.identity().family()).contains("without a previous image");
      assertThat(encoder.patchGrid().imageSize()).isEqualTo(448);
    }
  }

  @Test
  void namesTheFileInWhichATensorIsMissing() throws IOException {
    rewrite(IMAGES, name -> !name.equals("projector.model.1.running_var"));
    refuses(folder, IMAGES, "missing: projector.model.1.running_var");
  }

  @Test
  void namesTheFileWithATensorThatHasNoPlace() throws IOException {
    rewrite(IMAGES, name -> true, "cls.predictions.bias");
    refuses(folder, IMAGES, "no place for: cls.predictions.bias");
  }

  @Test
  void takesNothingOfTheTextsFileForTheImages() throws IOException {
    rewrite(IMAGES, name -> !name.equals("projector.model.3.bias"));
    rewrite(TEXTS, name -> true, "projector.model.3.bias");
    refuses(folder, "projector.model.3.bias");
  }
}
