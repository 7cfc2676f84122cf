package dev.auscult.zeroshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.text.PromptTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PromptSetTest {
  private static final String SET =
      """
      name: small
      domain: radiology
      definition: pairs
      templates: ["{}", "image of {}"]
      pairs: [{positive: "{}", negative: "no {}"}]
      classes:
        - name: Effusion
          labels: [pleural fluid]
          synonyms: [effusion, fluid]
          severities: [small]
          locations: [on the left]
          attributes: [a blunt angle]
        - name: No Finding
          positive: [normal chest]
          negative: [abnormal chest]
          attributes: [clear lungs, sharp angles]
      """;

  static List<String> shipped() {
    return PromptSet.shippedNames();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyShippedSetSaysItsClassesInEveryWayItOffers(String name) {
    PromptSet set = PromptSet.named(name);

    assertThat(set.name()).isEqualTo(name);
    assertThat(set.definitions()).contains(set.definition());
    for (ClassDefinition definition : set.definitions()) {
      assertThat(set.definedBy(definition).texts())
          .hasSizeGreaterThanOrEqualTo(set.classes().size())
          .noneMatch(text -> text.contains("{}") || text.contains("  ") || text.isBlank());
    }
  }

  /** A small file must not become millions of texts. */
  @Test
  void refusesMorePromptsThanAnyoneMeans() {
    String thousand =
        java.util.stream.IntStream.range(0, 1000)
            .mapToObj(i -> "\"{} %d\"".formatted(i))
            .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
    String classes =
        "classes: [{name: a, attributes: %s}, {name: b, attributes: [x]}]"
            .formatted(thousand.replace("{} ", ""));

    assertThatThrownBy(
            () -> PromptSetFile.parse("attribute_templates: " + thousand + "\n" + classes, "big"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("more than 100000 prompts");
  }

  @Test
  void shippedDermatoscopyKnowsTheLabelsOfHam10000() {
    PromptSet set = PromptSet.named("dermatoscopy");

    assertThat(
            List.of(
                "akiec", "bcc", "bkl", "df", "mel", "nv", "vasc", "Melanoma", "benign keratosis"))
        .allMatch(label -> set.classOf(label).isPresent());
    assertThat(set.classOf("psoriasis")).isEqualTo(OptionalInt.empty());
    assertThat(set.definitions())
        .containsExactly(ClassDefinition.NAMES, ClassDefinition.ATTRIBUTES);
  }

  @Test
  void pairsTakeSynonymsAndWholeTextsReplaceThem() {
    PromptSet set = PromptSetFile.parse(SET, "set.yaml");

    assertThat(set.positiveTexts(0)).containsExactly("effusion", "fluid");
    assertThat(set.negativeTexts(0)).containsExactly("no effusion", "no fluid");
    assertThat(set.positiveTexts(1)).containsExactly("normal chest");
    assertThat(set.negativeTexts(1)).containsExactly("abnormal chest");
    assertThat(set.texts()).hasSize(6);
  }

  @Test
  void namesTakeSeveritiesAndLocationsWhereThereAreAny() {
    PromptSet set = PromptSetFile.parse(SET, "set.yaml").definedBy(ClassDefinition.NAMES);

    assertThat(set.positiveTexts(0))
        .hasSize(16)
        .contains("effusion", "small fluid", "image of effusion on the left")
        .contains("image of small fluid on the left");
    assertThat(set.positiveTexts(1)).containsExactly("No Finding", "image of No Finding");
  }

  @Test
  void attributesAreSaidOneByOne() {
    PromptSet set = PromptSetFile.parse(SET, "set.yaml").definedBy(ClassDefinition.ATTRIBUTES);

    assertThat(set.attributeTexts(1))
        .containsExactly(List.of("clear lungs"), List.of("sharp angles"));
  }

  @Test
  void labelsOfDataFindTheirClassByNameLabelOrSynonym() {
    PromptSet set = PromptSetFile.parse(SET, "set.yaml");

    assertThat(set.classOf("EFFUSION ")).hasValue(0);
    assertThat(set.classOf("Pleural fluid")).hasValue(0);
    assertThat(set.classOf("no finding")).hasValue(1);
    assertThat(set.classOf("pneumonia")).isEmpty();
  }

  @Test
  void templatesAndClassesMakeASetToo() {
    PromptSet set = PromptSet.of(PromptTemplates.shipped("phantom"), List.of("a", "b"));

    assertThat(set.definition()).isEqualTo(ClassDefinition.NAMES);
    assertThat(set.positiveTexts(1)).isEqualTo(PromptTemplates.shipped("phantom").prompts("b"));
    assertThatThrownBy(() -> set.definedBy(ClassDefinition.PAIRS))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("pairs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "templates: [\"{}\"]|templates: [\"none\"]|no {}",
        "pairs: [{positive: \"{}\", negative: \"no {}\"}]|pairs: [{positive: \"{}\", negative: \"{}\"}]|another template",
        "pairs: [{positive: \"{}\", negative: \"no {}\"}]|pairs: [{positive: \"{}\"}]|a template",
        "name: Effusion|name: no finding|two classes",
        "negative: [abnormal chest]|note: [abnormal chest]|half of the pair",
        "severities: [small]|grades: [small]|unknown key",
        "definition: pairs|definition: guesses|one of names, pairs, attributes",
        "synonyms: [effusion, fluid]|synonyms: [fluid, fluid]|each of them once",
        "synonyms: [effusion, fluid]|synonyms: effusion|a list of texts",
      })
  void whatIsWrongIsNamed(String part, String broken, String message) {
    String yaml = SET.replace("templates: [\"{}\", \"image of {}\"]", "templates: [\"{}\"]");

    assertThat(yaml).contains(part);
    assertThatThrownBy(() -> PromptSetFile.parse(yaml.replace(part, broken), "set.yaml"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void attributesOfEveryClassAreNeededToDefineClassesByThem() {
    String yaml =
        SET.replace("attributes: [a blunt angle]", "labels: []")
            .replace("labels: [pleural fluid]", "");

    assertThat(PromptSetFile.parse(yaml, "set.yaml").definitions())
        .containsExactly(ClassDefinition.NAMES, ClassDefinition.PAIRS);
  }

  @Test
  void filesAreReadAndMissingOnesNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("set.yaml"), SET);

    assertThat(PromptSet.named(file.toString())).isEqualTo(PromptSetFile.parse(SET, "x"));
    assertThatThrownBy(() -> PromptSet.named(folder.resolve("no.yaml").toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such file");
  }
}
