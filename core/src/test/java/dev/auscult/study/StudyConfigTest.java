package dev.auscult.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.auscult.base.InputException;
import dev.auscult.data.StudySplits.HeldOut;
import dev.auscult.data.StudySplits.Published;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyConfigTest {
  private static final String SHORTEST = "model: phantom\ndata: phantom\nprior: padchest-gr\n";

  private static StudyConfig parse(String more) {
    return StudyConfig.parse(SHORTEST + more.replace("~", "\n"), "study.yaml");
  }

  @Test
  void whatIsNotSaidIsAsInThePaper() {
    StudyConfig config = parse("");

    assertThat(config.design().fractions()).containsExactly(0.05, 0.1, 0.25, 0.5, 1.0);
    assertThat(config.design().repetitions()).isEqualTo(5);
    assertThat(config.design().test()).isEqualTo(new HeldOut(0.15));
    assertThat(config.settings(StudyMethod.SCALE)).containsExactly(entry("epochs", "150"));
    assertThat(config.settings(StudyMethod.LINEAR)).isEmpty();
    assertThat(config.methods())
        .containsExactlyElementsOf(
            EnumSet.complementOf(
                EnumSet.of(StudyMethod.PLAIN_CLIP, StudyMethod.COOP, StudyMethod.LORA)));
    assertThat(config.reference()).isEqualTo(StudyMethod.SCALE);
  }

  @Test
  void theCommittedConfigurationIsRead() {
    StudyConfig config = StudyConfig.read(Path.of("../configs/study-phantom.yaml"));

    assertThat(config.methods()).hasSize(8);
    assertThat(config.seed()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ham10000", "pneumoniamnist"})
  void theConfigurationsOnRealImagesAreRead(String data) {
    StudyConfig config = StudyConfig.read(Path.of("../configs/study-%s.yaml".formatted(data)));

    assertThat(config.methods()).contains(StudyMethod.SCALE, StudyMethod.PLAIN_CLIP);
  }

  @Test
  void testSplitAndReferenceCanBeChosen() {
    assertThat(parse("test: published").design().test()).isEqualTo(new Published());
    assertThat(parse("methods: [tip, linear]").reference()).isEqualTo(StudyMethod.TIP);
  }

  @Test
  void aSecondModelIsAMethodOfItsOwn() {
    assertThat(parse("plain_clip: phantom").methods()).contains(StudyMethod.PLAIN_CLIP);
    assertThat(parse("methods: [scale]~plain_clip: phantom".replace('~', '\n')).methods())
        .containsExactly(StudyMethod.PLAIN_CLIP, StudyMethod.SCALE);
  }

  @Test
  void methodsThatTrainThroughAnEncoderAreComparedWhereTheyAreNamed() {
    assertThat(parse("seed: 1").methods())
        .contains(StudyMethod.SCALE, StudyMethod.TIP_F)
        .doesNotContain(StudyMethod.COOP, StudyMethod.LORA);
    assertThat(parse("methods: [lora, coop]").methods())
        .containsExactly(StudyMethod.LORA, StudyMethod.COOP);
  }

  @Test
  void settingsOfMethodsAreThoseOfAdapt() {
    StudyConfig config = parse("settings: {scale: {lambda: grid, epochs: 3}, tip: {a: 2.5}}");

    assertThat(config.settings(StudyMethod.SCALE))
        .containsOnly(entry("lambda", "grid"), entry("epochs", "3"));
    assertThat(config.settings(StudyMethod.TIP)).containsExactly(entry("a", "2.5"));
    assertThat(config.choices().toString()).contains("lambda=grid");
  }

  @Test
  void aSettingThatAMethodDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> parse("settings: {tip: {lambda: grid}}"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("lambda")
        .hasMessageContaining("no setting of tip");
  }

  @Test
  void everyChoiceIsRecorded() {
    assertThat(parse("").choices().keySet())
        .containsAll(
            List.of("model", "data", "prior", "fractions", "methods", "texts", "threshold"));
    assertThat(parse("").withSeed(9).choices()).containsEntry("seed", 9L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "methods: [scale, magic]     | methods: found",
        "methods: [scale, scale]     | each method once",
        "compare_with: x             | compare_with",
        "methods: [tip]~compare_with: scale | one of the methods of this study",
        "fractions: [0]              | fractions",
        "fractions: [2]              | fractions",
        "repetitions: 0              | repetitions",
        "splits: s.csv~fractions: [1] | no such key beside splits",
        "splits: s.csv~validation: 0 | no such key beside splits",
        "test: some                  | published, or a share",
        "test: 1.5                   | test: found 1.5",
        "texts: all                  | one of prompts, mixed",
        "threshold: 0.3              | one of validation, training, even-odds",
        "methods: [plain-clip]       | methods: found",
        "settings: {scal: {a: 1}}    | settings.scal: found an unknown key",
        "settings: {scale: [1]}      | settings.scale",
        "settings: {scale: {tau: [1]}} | settings.scale.tau",
        "epochs: 0                   | epochs",
        "epoch: 1                    | an unknown key",
      })
  void aMistakeIsNamedByItsKey(String more, String message) {
    assertThatThrownBy(() -> parse(more))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("study.yaml, ")
        .hasMessageContaining(message);
  }

  @Test
  void aModelMustBeNamed() {
    assertThatThrownBy(() -> StudyConfig.parse("data: phantom", "s.yaml"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("model: found nothing");
  }
}
