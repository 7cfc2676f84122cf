package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import dev.auscult.image.ImageTransform;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.text.Tokenizer;
import dev.auscult.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClipEncoderTest extends DualEncoderContractTest {
  private static final ClipFixture COMPLETE = new ClipFixture("complete");

  @Override
  protected DualEncoder open() {
    return Models.load(COMPLETE.folder().toString(), Compute.standard());
  }

  @Test
  void embedsAsTheReference() {
    assertThat(encoder().encodeImages(COMPLETE.pixels()).toArray())
        .containsExactly(COMPLETE.matrix("image_embeds").toArray(), within(2e-5f));
    assertThat(encoder().encodeTexts(COMPLETE.ids()).toArray())
        .containsExactly(COMPLETE.matrix("text_embeds").toArray(), within(2e-5f));
  }

  @Test
  void saysWhatItIs() {
    ModelIdentity identity = encoder().identity();

    assertThat(identity.family()).isEqualTo("CLIP ViT-2x24/4");
    assertThat(identity.name()).isEqualTo(COMPLETE.folder().toString());
    assertThat(identity.notice()).isEmpty();
    assertThat(encoder().architecture().orElseThrow().parameters())
        .isEqualTo(
            COMPLETE.config().shapes().values().stream()
                .mapToLong(shape -> shape.stream().reduce(1L, Math::multiplyExact))
                .sum());
    assertThat(encoder().patchGrid()).isEqualTo(new PatchGrid(16, 4));
    assertThat(encoder().logitScale()).isCloseTo(Math.exp(2.4), within(1e-5));
  }

  @Test
  void readsTheWholeTextEvenWhereTheMaskIsItsEndToken() {
    int[] ids = encoder().tokenizer().encode("no effusion").ids();
    int end = encoder().pooledPosition(ids);
    int[] masked = ids.clone();
    masked[1] = ids[end];

    assertThat(encoder().pooledPosition(masked)).isEqualTo(1);
    assertThat(encoder().encodeTexts(new int[][] {masked}, new int[] {end}).toArray())
        .isNotEqualTo(encoder().encodeTexts(new int[][] {masked}).toArray());
  }

  /** 100 MB of parameters, opened ten times: a model that stayed would leave 1 GB. */
  @Test
  void givesItsMemoryBackWhenClosed() throws IOException {
    TransformerConfig large = new TransformerConfig(1024, 2, 16, 4096, Activation.GELU, 1e-5);
    ClipConfig config =
        new ClipConfig(
            new ClipConfig.Vision(large, 3, new PatchGrid(32, 16)),
            new ClipConfig.Text(
                new TransformerConfig(64, 1, 4, 64, Activation.GELU, 1e-5), 600, 16, 1, 2, 0),
            64,
            ClipConfig.LOGIT_SCALE);
    Tokenizer tokenizer = Tokenizers.load(COMPLETE.folder(), 16);
    long before = 0;
    for (int round = 0; round < 10; round++) {
      Parameters parameters = ClipInitializer.draw(config, new Seed(round));
      assertThat(parameters.count()).isGreaterThan(25_000_000);
      new TowerEncoder(
              () -> encoder().identity(),
              encoder().architecture().orElseThrow(),
              ClipModel.of(config, parameters).towers(),
              parameters,
              ImageTransform.clip(32),
              tokenizer)
          .close();
      if (round == 1) {
        before = residentBytes();
      }
    }

    assertThat(residentBytes() - before).isLessThan(450_000_000);
  }

  private static long residentBytes() throws IOException {
    Path status = Path.of("/proc/self/statm");
    return Files.exists(status)
        ? 4096 * Long.parseLong(Files.readString(status).split(" ", -1)[1])
        : 0;
  }

  @Test
  void bfloat16StaysCloseToFloat32() {
    try (DualEncoder half =
        Models.load(COMPLETE.folder().toString(), new Compute(2, DType.BFLOAT16, 0))) {
      for (int row = 0; row < 5; row++) {
        assertThat(
                half.encodeImages(COMPLETE.pixels()).dot(row, COMPLETE.matrix("image_embeds"), row))
            .isGreaterThan(.999);
      }
    }
  }
}
