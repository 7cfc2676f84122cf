package dev.auscult.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubReferenceTest {
  @ParameterizedTest
  @CsvSource({
    "hf:openai/clip-vit-base-patch32, openai/clip-vit-base-patch32, main, false",
    "hf:microsoft/BiomedCLIP-PubMedBERT_256-vit_base_patch16_224@v1.0,"
        + " microsoft/BiomedCLIP-PubMedBERT_256-vit_base_patch16_224, v1.0, false",
    "hf:org/name@refs/pr/2, org/name, refs/pr/2, false",
    "hf:gpt2@0123456789012345678901234567890123456789, gpt2,"
        + " 0123456789012345678901234567890123456789, true",
    "hf:a/b, a/b, main, false",
  })
  void readsRepositoryAndRevision(String spec, String repository, String revision, boolean pinned) {
    HubReference reference = HubReference.parse(spec);

    assertThat(reference).isEqualTo(new HubReference(repository, revision));
    assertThat(reference.isPinned()).isEqualTo(pinned);
    assertThat(reference).hasToString(spec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hf:",
        "hf:@main",
        "hf:/name",
        "hf:org/",
        "hf:a/b/c",
        "hf:../x",
        "hf:org/..",
        "hf:.org/name",
        "hf:org/name.",
        "hf:org/na--me",
        "hf:org/name.git",
        "hf:org/na me",
        "hf:org\\name",
        "hf:org/näme",
        "hf:org/name@",
        "hf:org/name@a..b",
        "hf:org/name@../../x",
        "hf:org/name@/x",
        "hf:org/name@x/",
        "hf:org/name@a//b",
        "hf:org/name@.x",
        "hf:org/name@x.lock",
        "hf:org/name@a b",
        "hf:org/name@a\\b",
        "hf:org/name@a:b",
        "hf:org/name@a@b",
        "hf:org/name@a\nb",
      })
  void refusesOtherForms(String spec) {
    assertThatThrownBy(() -> HubReference.parse(spec))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("model hf:")
        .hasMessageContaining("expected hf:org/name or hf:org/name@revision");
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll String text) {
    try {
      assertThat(HubReference.parse("hf:" + text).toString()).startsWith("hf:");
    } catch (InputException e) {
      assertThat(e).hasMessageContaining("expected hf:org/name").hasMessageNotContaining("\n");
    }
  }

  @Property
  void noNameLeadsOutOfAFolder(
      @ForAll @Chars({'a', '.', '/', '-', '\\', ':'}) @StringLength(max = 8) String name,
      @ForAll @Chars({'a', '.', '/', '-', '\\', ':'}) @StringLength(max = 8) String revision) {
    try {
      HubReference reference = HubReference.parse("hf:" + name + "@" + revision);
      assertThat(RepositoryPath.isSafe(reference.repository())).isTrue();
      assertThat(RepositoryPath.isSafe(reference.revision())).isTrue();
    } catch (InputException e) {
      assertThat(e).hasMessageContaining("expected hf:org/name");
    }
  }
}
