package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.data.phantom.Finding;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassConceptPriorTest {
  private static final ImageSource IMAGE = new PhantomFree();
  private static final ClassConceptPrior PADCHEST = ClassConceptPrior.open("padchest-gr").get(0);

  private static ClassConceptPrior criterion(String name) {
    return ClassConceptPrior.open("derm7pt").stream()
        .filter(prior -> prior.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Sample finding(String label, String... locations) {
    return new SampleBuilder("s", IMAGE)
        .findings(
            List.of(new ImageFinding(label, Arrays.asList(locations), Optional.empty(), List.of())))
        .build();
  }

  private static List<String> names(ClassConceptPrior prior, Sample sample) {
    return prior.combinationsOf(sample).stream()
        .map(h -> prior.combinations().get(h).name())
        .toList();
  }

  @Test
  void pigmentationIsThePapersFirstTable() {
    ClassConceptPrior prior = criterion("pigmentation");

    assertThat(prior.classes()).containsExactly("nevus", "melanoma");
    assertThat(prior.concepts())
        .containsExactly(
            "absent",
            "localized regular",
            "diffuse regular",
            "localized irregular",
            "diffuse irregular");
    assertThat(prior.combinationsOfClass(0)).containsExactly(0, 1, 2);
    assertThat(prior.combinationsOfClass(1)).containsExactly(3, 4);
    assertThat(prior.labelMode()).isEqualTo(LabelMode.EXCLUSIVE);
    assertThat(prior.prompts().get(2))
        .isEqualTo(
            "A photo of a skin lesion with diffuse regular pigmentation, which indicates a nevus.");
  }

  @Test
  void aLesionsExpressionTellsConceptAndClass() {
    Sample sample =
        new SampleBuilder("s", IMAGE)
            .attribute("pigmentation", Optional.of("diffuse irregular"))
            .attribute("streaks", Optional.of("absent"))
            .build();

    assertThat(names(criterion("pigmentation"), sample))
        .containsExactly("melanoma / diffuse irregular");
    assertThat(names(criterion("streaks"), sample)).containsExactly("nevus / absent");
    assertThat(criterion("vascular_structures").combinationsOf(sample)).isEmpty();
  }

  @Test
  void thereAreSevenCriteriaWithTwentyEightExpressions() {
    List<ClassConceptPrior> all = ClassConceptPrior.open("derm7pt");

    assertThat(all).hasSize(7);
    assertThat(all.stream().mapToInt(ClassConceptPrior::size).sum()).isEqualTo(28);
  }

  @Test
  void padChestHasTwelveCombinationsOfFourClasses() {
    assertThat(PADCHEST.size()).isEqualTo(12);
    assertThat(PADCHEST.classes())
        .containsExactly("atelectasis", "cardiomegaly", "consolidation", "pleural effusion");
    assertThat(PADCHEST.concepts()).hasSize(10);
    assertThat(PADCHEST.combinationsOfConcept(PADCHEST.concepts().indexOf("left lower lobe")))
        .containsExactly(0, 4);
    assertThat(PADCHEST.classOf(4)).isEqualTo(2);
    assertThat(PADCHEST.labelMode()).isEqualTo(LabelMode.MULTIPLE);
    assertThat(PADCHEST.noFinding()).contains("No finding.");
  }

  @Test
  void phantomsShowTheSameCombinationsInTheSameWords() {
    List<Finding> findings =
        Arrays.stream(Finding.values()).filter(finding -> finding != Finding.NORMAL).toList();

    assertThat(PADCHEST.prompts())
        .containsExactlyElementsOf(findings.stream().map(Finding::prompt).toList());
    for (int h = 0; h < findings.size(); h++) {
      Finding finding = findings.get(h);
      assertThat(PADCHEST.combinationsOf(finding(finding.findingClass().term(), finding.concept())))
          .as(finding.toString())
          .containsExactly(h);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "atelectasis      | left;basal                       | atelectasis / left lower lobe",
        "atelectasis      | retrocardiac                     | atelectasis / retrocardiac",
        "consolidation    | right;lower lobe                 | consolidation / right lower lobe",
        "pleural effusion | left;pleural                     | pleural effusion / left pleural",
        "pleural effusion | bilateral;costophrenic angle     | pleural effusion / bilateral costophrenic angle",
        "pleural effusion | C0504099                         | pleural effusion / right costophrenic angle",
      })
  void locationsAreFoundByTheirUmlsExpression(String label, String locations, String expected) {
    assertThat(names(PADCHEST, finding(label, locations.split(";")))).containsExactly(expected);
  }

  @Test
  void whatThePriorDoesNotKnowIsNoCombination() {
    assertThat(PADCHEST.combinationsOf(finding("pleural effusion", "pleural"))).isEmpty();
    assertThat(PADCHEST.combinationsOf(finding("nodule", "left", "pleural"))).isEmpty();
    assertThat(PADCHEST.combinationsOf(Sample.of("s", IMAGE))).isEmpty();
  }

  @Test
  void severalFindingsGiveSeveralCombinations() {
    Sample sample =
        new SampleBuilder("s", IMAGE)
            .findings(
                List.of(
                    ImageFinding.of("cardiomegaly", Optional.of("cardiac")),
                    ImageFinding.of("pleural effusion", Optional.of("left pleural"))))
            .build();

    assertThat(PADCHEST.combinationsOf(sample)).containsExactly(3, 9);
    assertThat(sample.label()).isEmpty();
  }

  @Test
  void severalCombinationsWhereLabelsAreExclusiveAreRefused() {
    ClassConceptPrior prior = ClassConceptPrior.parse(VALID, "p.yaml").get(0);

    assertThatThrownBy(() -> prior.combinationsOf(finding("lesion", "left", "right")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("sample s")
        .hasMessageContaining("exclusive");
  }

  private static final String VALID =
      """
      tasks:
        - name: side
          classes:
            - name: lesion
              concepts:
                - {name: left, umls: C0443246}
                - {name: right, umls: C0444532}
      locations:
        links: [C0443246]
        rechts: [C0444532]
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "locations:              | sites:     | found an unknown key",
        "name: side              | nme: side  | tasks[0].name: found nothing",
        "name: lesion            | name: ''   | tasks[0].classes[0].name",
        "{name: right            | {name: left | another name than that of an earlier concept",
        "umls: C0444532          | umls: C044 | tasks[0].classes[0].concepts[1].umls: found 'C044' at column 1",
        "umls: C0444532          | umls: C0000001 | only CUIs of the file's locations, which C0000001 is not",
        "umls: C0444532          | umsl: C0444532 | found an unknown key",
        "[C0444532]              | [right]    | locations.rechts",
        "name: side              | name: side~    labels: some | tasks[0].labels: found \"some\"",
        "name: side              | name: side~    template: all | a prompt with {concept}",
      })
  void aMistakeIsNamedByItsKey(String there, String instead, String message) {
    String yaml = VALID.replace(there, instead.replace("~", "\n"));
    assertThat(yaml).isNotEqualTo(VALID);

    assertThatThrownBy(() -> ClassConceptPrior.parse(yaml, "p.yaml"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("p.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void equalPromptsAreRefused() {
    String yaml = VALID.replace("umls: C0444532", "prompt: lesion left");

    assertThatThrownBy(() -> ClassConceptPrior.parse(yaml, "p.yaml"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "the prompt \"lesion left\" for lesion / left and for lesion / right");
  }

  @Test
  void anAttributesValueMustTellItsClass() {
    String yaml =
        """
        tasks:
          - name: streaks
            attribute: streaks
            classes:
              - {name: nevus, concepts: [{name: absent}]}
              - {name: melanoma, concepts: [{name: absent}]}
        """;

    assertThatThrownBy(() -> ClassConceptPrior.parse(yaml, "p.yaml"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the concept 'absent' under nevus and under melanoma");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such.yaml", "derm8pt"})
  void aFileThatIsNotThereIsNamed(String name, @TempDir Path folder) {
    assertThatThrownBy(() -> ClassConceptPrior.open(folder.resolve(name).toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such file");
  }

  /** An image that nobody looks at. */
  private record PhantomFree() implements ImageSource {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public dev.auscult.image.RgbImage read() {
      throw new AssertionError("no test reads it");
    }

    @Override
    public dev.auscult.base.ContentHash hash() {
      throw new AssertionError("no test hashes it");
    }
  }
}
