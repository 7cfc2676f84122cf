package dev.auscult.data.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
  void aFoilIsTheCaptionWithTheSentenceOfAFindingThatIsNotThere() {
    Map<FindingClass, Integer> named = new HashMap<>();
    for (int i = 0; i < 1300; i++) {
      Phantom phantom = phantoms.phantom(i);
      Set<String> caption = sentences(phantom.paraphrase(0));
      Set<String> foil = sentences(phantom.foil());
      assertThat(foil).as(phantom.foil()).hasSameSizeAs(caption);
      foil.removeAll(caption);
      assertThat(foil).as(phantom.foil()).hasSize(1);
      FindingClass absent = classNamed(foil.iterator().next());
      assertThat(absent).as(phantom.foil()).isNotEqualTo(phantom.finding().findingClass());
      named.merge(absent, 1, Integer::sum);
    }
    for (FindingClass findingClass : FindingClass.values()) {
      long findings =
          Arrays.stream(Finding.values())
              .filter(finding -> finding.findingClass() == findingClass)
              .count();
      int shown = (int) findings * 100;
      assertThat(named.get(findingClass)).isCloseTo(shown, within(shown / 10 + 30));
    }
  }

  private static Set<String> sentences(String text) {
    return new HashSet<>(List.of(text.split("(?<=\\.) ")));
  }

  private static FindingClass classNamed(String sentence) {
    String text = sentence.toLowerCase(java.util.Locale.ROOT);
    if (text.contains("effusion")) {
      return FindingClass.PLEURAL_EFFUSION;
    }
    if (text.contains("atelectasis") || text.contains("collapse")) {
      return FindingClass.ATELECTASIS;
    }
    if (text.contains("consolidation") || text.contains("airspace opacity")) {
      return FindingClass.CONSOLIDATION;
    }
    return text.contains("cardiomegaly") || text.contains("enlargement")
        ? FindingClass.CARDIOMEGALY
        : FindingClass.NORMAL;
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
