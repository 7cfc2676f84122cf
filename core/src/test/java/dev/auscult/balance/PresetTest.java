package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.ContentHash;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.ImageSource;
import dev.auscult.data.Sample;
import dev.auscult.image.RgbImage;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against transformers and shap, see conformance/mm_shap_presets.py. */
class PresetTest {
  private static final String MODEL = "src/test/resources/dev/auscult/model/clip/complete";
  private static final JsonNode EXPECTED = fixture();

  private static JsonNode fixture() {
    try (InputStream in = PresetTest.class.getResourceAsStream("mm-shap.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, "mm-shap.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ToyData data() {
    Sample sample =
        ToyData.sample(
            "sample",
            new FixtureImage(),
            Optional.of(EXPECTED.get("text").asString()),
            "p",
            null,
            null,
            null);
    return new ToyData(List.of(sample));
  }

  private record FixtureImage() implements ImageSource {
    @Override
    public String name() {
      return "image of the fixture";
    }

    @Override
    public RgbImage read() {
      JsonNode values = EXPECTED.get("rgb");
      byte[] rgb = new byte[values.size()];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) values.get(i).intValue();
      }
      return new RgbImage(16, 16, rgb);
    }

    @Override
    public ContentHash hash() {
      return ContentHash.of(name());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MM_SHAP_2023", "PAPER_2026"})
  void givesWhatShapGivesOnTheSameMaskedModel(Preset preset) {
    Compute.standard().apply();
    CollectingSink sink = new CollectingSink();
    try (DualEncoder encoder = Models.load(MODEL, Compute.standard())) {
      BalanceConfig config = BalanceConfig.of(preset, AuditTask.ISA, new Seed(1));
      new ModalityBalanceAudit(encoder, config, data()).run(sink, Progress.NONE);
    }

    SampleBalance ours = sink.get("sample");
    JsonNode theirs = EXPECTED.get(preset.label());
    assertThat(ours.effort().shapSeed()).hasValue(EXPECTED.get("seed").longValue());
    // Both encode in float32; scores and contributions are of size 1.
    assertThat(ours.scores().full()).isCloseTo(theirs.get("full").doubleValue(), within(2e-5));
    assertThat(ours.scores().empty()).isCloseTo(theirs.get("empty").doubleValue(), within(2e-5));
    assertClose(ours.text().phi(), theirs.get("text"));
    assertClose(ours.image().phi(), theirs.get("image"));
  }

  private static void assertClose(List<Double> ours, JsonNode theirs) {
    assertThat(ours).hasSize(theirs.size());
    for (int i = 0; i < ours.size(); i++) {
      assertThat(ours.get(i)).isCloseTo(theirs.get(i).doubleValue(), within(2e-5));
    }
  }

  @Test
  void blursAsSciPyDoes() {
    Compute.standard().apply();
    try (DualEncoder encoder = Models.load(MODEL, Compute.standard())) {
      float[] blurred = Baseline.blurred(encoder.imageTransform().apply(new FixtureImage().read()));

      JsonNode expected = EXPECTED.get("blurred");
      for (int i = 0; i < blurred.length; i++) {
        assertThat((double) blurred[i]).isCloseTo(expected.get(i).doubleValue(), within(1e-6));
      }
    }
  }

  @Test
  void severalPresetsTogetherGiveWhatEachGivesAlone() {
    ToyData data = ToyData.captions(5);
    List<BalanceConfig> configs =
        List.of(Preset.values()).stream()
            .map(preset -> BalanceConfig.of(preset, AuditTask.ISA, new Seed(3)))
            .toList();
    List<CollectingSink> together = configs.stream().map(config -> new CollectingSink()).toList();
    ToyDualEncoder encoder = new ToyDualEncoder();

    var outcomes =
        new ModalityBalanceAudit(encoder, configs, data).run(List.copyOf(together), Progress.NONE);

    long passes = 0;
    for (int c = 0; c < configs.size(); c++) {
      CollectingSink alone = new CollectingSink();
      new ModalityBalanceAudit(new ToyDualEncoder(), configs.get(c), data)
          .run(alone, Progress.NONE);
      for (SampleBalance balance : alone.balances.values()) {
        SampleBalance same = together.get(c).get(balance.id());
        assertThat(same.text()).isEqualTo(balance.text());
        assertThat(same.image()).isEqualTo(balance.image());
        assertThat(same.share()).isEqualTo(balance.share());
      }
      passes += outcomes.get(c).balance().cost().encoderPasses();
    }
    assertThat(passes).isEqualTo(encoder.images + encoder.texts);
    assertThat(together.get(1).get("c0").image().rows()).as("ceil(sqrt(12 ids))").isEqualTo(4);
    assertThat(together.get(1).get("c0").text().tokens()).startsWith("<begin>").endsWith("<end>");
    assertThat(together.get(1).get("c0").text().phi().get(0)).as("always present").isZero();
    assertThat(together.get(2).get("c0").errorKnown()).as("one permutation").isFalse();
  }

  @Test
  void everyChoiceIsRecorded() {
    var json = BalanceConfig.of(Preset.MM_SHAP_2023, AuditTask.VQA, new Seed(3)).choices();

    assertThat(json)
        .containsEntry("preset", "mm-shap-2023")
        .containsEntry("text_players", "all-ids")
        .containsEntry("text_mask", "id-zero")
        .containsEntry("image_players", "sqrt-2023")
        .containsEntry("image_mask", "zeros")
        .containsEntry("estimator", "permutation:10")
        .containsEntry("candidates", "per-category")
        .containsEntry("target", "correct")
        .containsEntry("answer_tokens", "always-present")
        .containsEntry("target_se", "none")
        .containsEntry("l_norm", "min-max");
    assertThat(BalanceConfig.of(Preset.PAPER_2026, AuditTask.ISA, new Seed(3)).choices())
        .containsEntry("text_mask", "padding")
        .containsEntry("image_players", "native-grid")
        .containsEntry("estimator", "permutation:1");
  }
}
