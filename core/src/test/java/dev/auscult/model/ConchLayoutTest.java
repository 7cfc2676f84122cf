package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.tensor.Compute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class ConchLayoutTest {
  private static final Path MODEL = new ZooCase("conch").folder();
  private static final String WEIGHTS = "pytorch_model.bin";
  private static final String TOKENIZER = "conch_byte_level_bpe_uncased.json";

  @TempDir Path folder;

  @Test
  void saysWhatServesCaptioningAndIsIgnored() {
    try (DualEncoder encoder = Models.load(MODEL.toString(), Compute.standard())) {
      Architecture architecture = encoder.architecture().orElseThrow();
      assertThat(architecture.layout()).isEqualTo("CONCH");
      assertThat(architecture.family()).contains("CONCH ViT", "CoCa text");
      assertThat(architecture.imageHead()).contains("learnt query with 8 heads", "layer norm");
      assertThat(architecture.ignored())
          .contains("text_decoder.ln_final.weight", "visual.attn_pool_caption.query")
          .allMatch(name -> name.contains("caption") || name.startsWith("text_decoder."));
      assertThat(encoder.tokenizer().contextLength()).isEqualTo(23);
    }
  }

  @Test
  void saysWhereItsTokenizerIsPublished() throws IOException {
    Files.copy(MODEL.resolve(WEIGHTS), folder.resolve(WEIGHTS));

    assertThatThrownBy(() -> Models.load(folder.toString(), Compute.standard()))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(TOKENIZER, "github.com/mahmoodlab/CONCH");
  }

  @Test
  void countsItsTokenizerAsConfiguration() throws IOException {
    Files.copy(MODEL.resolve(WEIGHTS), folder.resolve(WEIGHTS));
    Files.copy(MODEL.resolve(TOKENIZER), folder.resolve("tokenizer.json"));
    try (DualEncoder published = Models.load(MODEL.toString(), Compute.standard());
        DualEncoder renamed = Models.load(folder.toString(), Compute.standard())) {
      assertThat(renamed.tokenizer().encode("No finding.").ids())
          .isEqualTo(published.tokenizer().encode("No finding.").ids());
      assertThat(renamed.identity().configuration())
          .isNotEqualTo(published.identity().configuration());
    }
  }
}
