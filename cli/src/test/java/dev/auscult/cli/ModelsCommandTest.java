package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
        .contains("phantom:text-shortcut", "microsoft/BiomedCLIP", "chexzero (folder)");
  }

  @Test
  void filtersByDomainAndLicence() {
    Cli.Outcome outcome =
        Cli.run("models", "list", "--domain", "dermatology", "--licence", "nc", "--json");

    assertThat(result(outcome.out()).path("known").valueStream().map(m -> m.path("id").asString()))
        .containsExactlyInAnyOrder("monet", "dermlip-b16");
    assertThat(result(outcome.out()).path("models")).isEmpty();
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
