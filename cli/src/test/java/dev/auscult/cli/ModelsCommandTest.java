package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelsCommandTest {
  private static JsonNode result(String json) {
    return JsonMapper.shared().readTree(json).path("result");
  }

  @Test
  void listsBuiltInAndPublicModels() {
    Cli.Outcome outcome = Cli.run("models", "list");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains(
            "phantom:text-shortcut", "microsoft/BiomedCLIP", "chexzero (folder)", "images only");
  }

  @Test
  void filtersByDomainAndLicence() {
    Cli.Outcome outcome =
        Cli.run("models", "list", "--domain", "dermatology", "--licence", "nc", "--json");

    assertThat(result(outcome.out()).path("known").valueStream().map(m -> m.path("id").asString()))
        .containsExactlyInAnyOrder("monet", "dermlip-b16");
    assertThat(result(outcome.out()).path("models")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"--domain, dermatolgy, dermatology", "--licence, proprietary, CC BY-NC"})
  void anUnknownDomainOrLicenceIsNoEmptyTable(String option, String word, String known) {
    Cli.Outcome outcome = Cli.run("models", "list", option, word);

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains(option + " " + word, known);
  }

  @Test
  void inspectsArchitectureTransformAndTokenizer() {
    JsonNode facts = result(Cli.run("models", "inspect", "phantom", "--json").out());

    assertThat(facts.path("layout").asString()).contains("CLIPModel");
    assertThat(facts.path("parameters").asLong()).isEqualTo(860_065);
    assertThat(facts.path("parameter_bytes").asLong()).isEqualTo(4 * 860_065);
    assertThat(facts.path("ignored_tensors")).isEmpty();
    assertThat(facts.path("context_length").asInt()).isPositive();
    assertThat(facts.path("resize").asString()).startsWith("shortest edge");
  }

  @Test
  void inspectsEveryStepFromPixelsToTheEmbedding() {
    JsonNode facts = inspected("chexzero");

    assertThat(texts(facts.path("transform")))
        .containsExactly(
            "longer edge to 320, lanczos",
            "centre 320 x 320",
            "gray in three channels",
            "times 1.00000, minus [101.48761, 101.48761, 101.48761], divided by [83.43944,"
                + " 83.43944, 83.43944]",
            "as floats to 224 x 224, bicubic");
    assertThat(facts.path("image_head").asString()).startsWith("class token, linear to ");
    assertThat(facts.path("text_head").asString()).startsWith("first end token, linear to ");
  }

  @Test
  void inspectsAModelOfTwoFilesAndWhatWasTakenOff() {
    JsonNode biovil = inspected("biovil");
    JsonNode pmcClip = inspected("pmc-clip");

    assertThat(texts(biovil.path("transform")))
        .startsWith("levels stretched to 0-255", "gray in three channels")
        .contains("shorter edge to 512, bilinear", "centre 480 x 480");
    assertThat(biovil.path("image_head").asString()).contains("each pixel of the last map");
    assertThat(texts(biovil.path("ignored_tensors")))
        .contains("encoder.encoder.fc.bias", "cls.predictions.bias");
    assertThat(texts(pmcClip.path("unwrapped"))).containsExactly("state_dict", "module.");
  }

  @Test
  void inspectsAFolderThatSaysWhatItIsAndHowLargeItsImagesAre(@TempDir Path folder)
      throws IOException {
    for (String file : List.of("config.json", "model.safetensors", "preprocessor_config.json")) {
      Files.copy(Cli.MODEL.resolve(file), folder.resolve(file));
    }
    Files.copy(Cli.MODEL.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("auscult.json"), "{\"model\": \"plip\", \"image_size\": 32}");

    JsonNode facts = result(Cli.run("models", "inspect", folder, "--json").out());

    assertThat(facts.path("published_as").asString()).isEqualTo("PLIP");
    assertThat(facts.path("image_size").asInt()).isEqualTo(32);
    assertThat(facts.path("family").asString()).endsWith("at 32 px");
  }

  @Test
  void inspectsAModelOfImagesOnly() {
    JsonNode facts = inspected("llm2clip");

    assertThat(facts.path("text_encoder").asString()).isEqualTo("none");
    assertThat(facts.path("image_encoder").asString()).contains("LLM2CLIP");
    assertThat(facts.has("context_length")).isFalse();
  }

  private static JsonNode inspected(String zooCase) {
    return result(
        Cli.run(
                "models",
                "inspect",
                "../core/src/test/resources/dev/auscult/model/zoo/" + zooCase + "/model",
                "--json")
            .out());
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  @Test
  void verifiesAgainstStoredReferenceEmbeddings() {
    for (String model : new String[] {"phantom", "phantom:overlay-shortcut"}) {
      Cli.Outcome outcome = Cli.run("models", "verify", model, "--json");

      assertThat(outcome.code()).isZero();
      assertThat(result(outcome.out()).path("passed").asBoolean()).isTrue();
      assertThat(result(outcome.out()).path("checks").toString())
          .contains("the test image embeds as in the reference", "tokens cover their text");
    }
  }
}
