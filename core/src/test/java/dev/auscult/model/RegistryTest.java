package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.hub.FileSelection;
import dev.auscult.checkpoint.hub.HubReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class RegistryTest {
  private static final Registry REGISTRY = Registry.standard();

  @TempDir Path folder;

  @Test
  void describesEveryModelOnce() {
    assertThat(REGISTRY.models()).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    assertThat(REGISTRY.models().stream().map(PublishedModel::id)).doesNotHaveDuplicates();
    for (PublishedModel model : REGISTRY.models()) {
      assertThat(model.citation()).as(model.id()).isNotBlank();
      assertThat(model.source()).as(model.id()).isNotBlank();
      assertThat(model.domains()).as(model.id()).isNotEmpty();
      assertThat(model.prompts()).as(model.id()).allMatch(prompt -> prompt.contains("{}"));
    }
  }

  @Test
  void findsAModelByItsHubNameWithOrWithoutRevision() {
    Path anywhere = folder.resolve("snapshots/0123");

    assertThat(REGISTRY.of("hf:chanwkim/monet", anywhere).orElseThrow().id()).isEqualTo("monet");
    assertThat(REGISTRY.of("hf:ChanwKim/MONET@main", anywhere).orElseThrow().id())
        .isEqualTo("monet");
    assertThat(REGISTRY.of("hf:nobody/nothing", anywhere)).isEmpty();
  }

  @Test
  void takesAFoldersWordForWhatItIs() throws IOException {
    Files.writeString(folder.resolve("auscult.json"), "{\"model\": \"chexzero\"}");

    assertThat(REGISTRY.of(folder.toString(), folder).orElseThrow().preprocessing())
        .isEqualTo(Preprocessing.CHEXZERO);
    assertThat(REGISTRY.of(folder + "/best.pt", folder.resolve("best.pt")).orElseThrow().id())
        .isEqualTo("chexzero");
  }

  @Test
  void refusesAHintThatNamesNoKnownModel() throws IOException {
    Files.writeString(folder.resolve("auscult.json"), "{\"model\": \"chexone\"}");

    assertThatThrownBy(() -> REGISTRY.of("x", folder))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("auscult.json", "chexone", "chexzero");
  }

  @Test
  void refusesAHintWithOtherKeys() throws IOException {
    Files.writeString(
        folder.resolve("auscult.json"), "{\"model\": \"chexzero\", \"context\": 448}");

    assertThatThrownBy(() -> REGISTRY.of("x", folder))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("auscult.json", "\"context\"", "\"model\"", "\"image_size\"");
  }

  @Test
  void refusesAHintThatSaysSomethingTwice() throws IOException {
    Files.writeString(
        folder.resolve("auscult.json"), "{\"model\": \"chexzero\", \"model\": \"plip\"}");

    assertThatThrownBy(() -> REGISTRY.of("x", folder))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("auscult.json", "Duplicate", "\"model\"")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesAHintInTheHubsCache() throws IOException {
    Models.refuseHint(folder, "hf:org/name");
    Files.writeString(folder.resolve("auscult.json"), "{\"image_size\": 448}");

    assertThatThrownBy(() -> Models.refuseHint(folder, "hf:org/name"))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("auscult.json", "folder of your own", "hf:org/name");
  }

  @Test
  void refusesAHintThatSaysNothing() throws IOException {
    Files.writeString(folder.resolve("auscult.json"), "{}");

    assertThatThrownBy(() -> REGISTRY.of("x", folder))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("auscult.json", "no key", "\"image_size\"");
  }

  @Test
  void knowsWhichModelsHaveASecondFileOfWeights() {
    assertThat(REGISTRY.files(HubReference.parse("hf:microsoft/BiomedVLP-BioViL-T@v1.0")).beside())
        .containsExactly("biovil_t_image_model_proj_size_128.pt");
    assertThat(REGISTRY.files(HubReference.parse("hf:chanwkim/monet")))
        .isEqualTo(FileSelection.needed());
  }

  @Test
  void saysWhatALicenceForbids() {
    assertThat(REGISTRY.byId("monet").orElseThrow().notice().orElseThrow())
        .contains("MONET", "CC BY-NC-SA", "not for clinical or commercial use");
    assertThat(REGISTRY.byId("biomedclip").orElseThrow().notice().orElseThrow())
        .contains("not for clinical use")
        .doesNotContain("commercial");
  }
}
