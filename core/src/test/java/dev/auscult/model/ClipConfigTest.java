package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.Checkpoint;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.json.JsonMapper;

class ClipConfigTest {
  static final List<String> CASES = ClipFixture.NAMES;

  private static ClipConfig parse(String json) {
    return ClipConfig.parse(JsonMapper.shared().readTree(json), "config.json");
  }

  @Test
  void anEmptyConfigurationIsOpenAisVitB32() {
    ClipConfig config = parse("{}");

    assertThat(config)
        .isEqualTo(
            new ClipConfig(
                new ClipConfig.Vision(
                    new TransformerConfig(768, 12, 12, 3072, Activation.QUICK_GELU, 1e-5),
                    3,
                    new PatchGrid(224, 32)),
                new ClipConfig.Text(
                    new TransformerConfig(512, 12, 8, 2048, Activation.QUICK_GELU, 1e-5),
                    49408,
                    77,
                    49406,
                    49407,
                    1),
                512,
                2.6592));
    assertThat(config.family()).isEqualTo("CLIP ViT-B/32");
    assertThat(config.shapes()).hasSize(398);
  }

  @Test
  void aRepeatedTowerReplacesTheOtherWholly() {
    ClipConfig config =
        parse(
            """
            {"text_config": {"hidden_size": 64, "eos_token_id": 2},
             "text_config_dict": {"hidden_size": 768, "num_attention_heads": 12},
             "vision_config": {"patch_size": 14},
             "vision_config_dict": null}""");

    assertThat(config.text().transformer().width()).isEqualTo(768);
    assertThat(config.text().endId()).isEqualTo(49407);
    assertThat(config.vision().grid().patchSize()).isEqualTo(14);
  }

  @Test
  void sidesMayBeWrittenTwice() {
    assertThat(parse("{\"vision_config\":{\"image_size\":[64,64]}}").vision().grid())
        .isEqualTo(new PatchGrid(64, 32));
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void survivesItsOwnJson(String name) {
    ClipConfig config = new ClipFixture(name).config();

    assertThat(ClipConfig.parse(config.toJson(), "again")).isEqualTo(config);
    assertThat(Checkpoint.open(new ClipFixture(name).folder()).names())
        .containsExactlyInAnyOrderElementsOf(config.shapes().keySet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"vision_config":7}                                        | vision_config: 7
          {"vision_config":{"patch_size":33}}                        | vision_config.patch_size: 33
          {"vision_config":{"patch_size":0}}                         | vision_config.patch_size: 0
          {"vision_config":{"patch_size":[16,14]}}                   | vision_config.patch_size: [16,14]
          {"vision_config":{"image_size":[]}}                        | vision_config.image_size: []
          {"vision_config":{"image_size":2147483647}}                | vision_config.image_size: 2147483647
          {"vision_config":{"image_size":99999999999999}}            | vision_config.image_size: 99999999999999
          {"vision_config":{"hidden_size":"768"}}                    | vision_config.hidden_size: "768"
          {"vision_config":{"hidden_size":7.5}}                      | vision_config.hidden_size: 7.5
          {"vision_config":{"num_hidden_layers":1000000000}}         | vision_config.num_hidden_layers: 1000000000
          {"vision_config":{"num_attention_heads":5}}                | vision_config.num_attention_heads: 5
          {"vision_config":{"hidden_act":"swish"}}                   | expected one of [quick_gelu, gelu,
          {"text_config":{"hidden_act":3}}                           | text_config.hidden_act: 3
          {"text_config":{"layer_norm_eps":-1}}                      | text_config.layer_norm_eps: -1
          {"text_config":{"layer_norm_eps":"NaN"}}                   | text_config.layer_norm_eps: "NaN"
          {"text_config":{"eos_token_id":[1,2]}}                     | text_config.eos_token_id: [1,2]
          {"text_config":{"vocab_size":-5}}                          | text_config.vocab_size: -5
          {"projection_dim":0}                                       | projection_dim: 0
          """)
  void refusesImpossibleValuesAndNamesTheKey(String json, String finding) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining(finding);
  }

  @ParameterizedTest
  @CsvSource({
    "2, '5 9 3', 1",
    "2, '9 9 3', 0",
    "2, '2 1', 0",
    "7, '5 7 9 7', 1",
    "7, '5 9', 0",
  })
  void readsATextAtItsEnd(int endId, String ids, int expected) {
    ClipConfig.Text text = parse("{\"text_config\":{\"eos_token_id\":%d}}".formatted(endId)).text();

    assertThat(
            text.pooledPosition(
                Arrays.stream(ids.split(" ", -1)).mapToInt(Integer::parseInt).toArray()))
        .isEqualTo(expected);
  }
}
