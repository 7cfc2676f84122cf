package dev.auscult.data.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.Seed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaptionsTest {
  private final PhantomDataset phantoms = new PhantomDataset(PhantomConfig.of(1300, new Seed(5)));

  @Test
  void theCanonicalCaptionTellsViewPatientFindingAndDevice() {
    Phantom phantom = first(Finding.EFFUSION_LEFT_ANGLE);
    assertThat(phantom.caption())
        .matches(
            "(PA|Portable AP) chest radiograph of an? \\d+-year-old (woman|man)\\. "
                + "(Small|Moderate|Large) pleural effusion in the left costophrenic angle\\."
                + "( (Pacemaker|Central venous line) in place\\.)?")
        .contains(phantom.age() + "-year-old");
  }

  private Phantom first(Finding finding) {
    for (int i = 0; ; i++) {
      if (phantoms.phantom(i).finding() == finding) {
        return phantoms.phantom(i);
      }
    }
  }

  @Test
  void visibleDetailsAloneGiveMoreThanTwoHundredCombinations() {
    Map<String, String> captionOfVisible = new HashMap<>();
    for (int i = 0; i < 1300; i++) {
      Phantom phantom = phantoms.phantom(i);
      String visible = phantom.caption().replaceAll("\\d+-year-old", "N-year-old");
      captionOfVisible.put(
          "%s %s %s %s %s"
              .formatted(
                  phantom.finding(),
                  phantom.severity(),
                  phantom.view(),
                  phantom.sex(),
                  phantom.device()),
          visible);
    }
    assertThat(captionOfVisible).hasSizeGreaterThan(200);
    assertThat(new HashSet<>(captionOfVisible.values())).hasSameSizeAs(captionOfVisible.keySet());
  }

  @Test
  void paraphrasesOfOnePhantomDifferAndAreRepeatable() {
    for (Finding finding : Finding.values()) {
      Phantom phantom = first(finding);
      Set<String> different = new HashSet<>(phantom.paraphrases(25));
      assertThat(different).as(finding.prompt()).hasSize(25);
      assertThat(phantom.paraphrases(25)).containsExactlyInAnyOrderElementsOf(different);
    }
  }

  @Test
  void noParaphraseMentionsAnotherClassSideSexOrView() {
    for (int i = 0; i < 260; i++) {
      Phantom phantom = phantoms.phantom(i);
      for (String caption : phantom.paraphrases(8)) {
        String text =
            " " + caption.toLowerCase(java.util.Locale.ROOT).replaceAll("[.,]", " ") + " ";
        assertThat(text.contains("effusion"))
            .as(caption)
            .isEqualTo(phantom.finding().findingClass() == FindingClass.PLEURAL_EFFUSION);
        assertThat(text.contains("consolidation") || text.contains("airspace"))
            .isEqualTo(phantom.finding().findingClass() == FindingClass.CONSOLIDATION);
        assertThat(text.contains("atelectasis") || text.contains("collapse"))
            .isEqualTo(phantom.finding().findingClass() == FindingClass.ATELECTASIS);
        if (phantom.finding().side() == Side.LEFT) {
          assertThat(text).contains(" left ").doesNotContain(" right ");
        }
        if (phantom.finding().side() == Side.RIGHT) {
          assertThat(text).contains(" right ").doesNotContain(" left ");
        }
        assertThat(text)
            .doesNotContain(phantom.sex() == Sex.MALE ? "lady" : "gentleman")
            .doesNotContain(phantom.view() == View.PA ? " ap " : " pa ")
            .doesNotContain("  -")
            .doesNotContain("null");
      }
    }
  }
}
