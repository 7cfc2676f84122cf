package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.data.phantom.CueMode;
import dev.auscult.data.phantom.OverlayMode;
import dev.auscult.data.phantom.PhantomDataset;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetsTest {

  static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(DatasetsTest.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aQuestionOfVqaRadThatAsksNothingIsLeftOut(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("train.json"),
        "[{\"qid\": 7, \"image_name\": \"a.jpg\", \"answer\": \"no\"}]");
    Files.writeString(folder.resolve("test.json"), "[]");

    assertThatThrownBy(() -> Datasets.open("vqa-rad:" + folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("first: no question");
  }

  @Test
  void vqaRadGivesQuestionsWithThePublishedSplitAndTheImageAsPatient() {
    Dataset data = Datasets.open("vqa-rad:" + resource("vqa-rad"));
    assertThat(data.name()).isEqualTo("vqa-rad");
    assertThat(data.samples()).extracting(Sample::id).containsExactly("1", "2", "3", "5", "6");
    assertThat(data.samples())
        .extracting(sample -> sample.split().orElse(""))
        .containsExactly("train", "train", "train", "test", "test");
    Sample numeric = data.samples().get(1);
    assertThat(numeric.answer()).contains("1");
    assertThat(numeric.text()).contains("Question: How many ramps are there? Answer: 1");
    assertThat(numeric.patient()).contains("a.jpg");
    assertThat(numeric.attributes()).containsEntry("organ", "CHEST");
    assertThat(numeric.image().read().width()).isEqualTo(24);
  }

  @Test
  void vqaRadJoinsTypesThatDifferInCaseAndOrderAndSkipsMissingImages() {
    Dataset data = Datasets.open("vqa-rad:" + resource("vqa-rad"));
    assertThat(data.samples())
        .extracting(sample -> sample.category().orElse(""))
        .containsExactly("PRES", "COUNT", "ATTRIB, PRES", "ATTRIB, PRES", "OTHER");
    assertThat(data.skipped())
        .containsExactly(new Dataset.Skipped("4", "there is no file images/gone.jpg"));
  }

  @Test
  void covidCxrGivesNotesFindingsAndAttributes() {
    Dataset data = Datasets.open("covid-cxr:" + resource("covid-cxr"));
    assertThat(data.samples())
        .extracting(Sample::id)
        .containsExactly("one.png", "two.jpg", "three.png");
    Sample one = data.samples().get(0);
    assertThat(one.text()).contains("Invented note,\nsecond line");
    assertThat(one.label()).contains("COVID-19");
    assertThat(one.patient()).contains("7");
    assertThat(one.attributes()).containsEntry("age", "54").containsEntry("view", "PA");
    assertThat(data.samples().get(2).text()).isEmpty();
    assertThat(data.samples().get(2).attributes()).doesNotContainKey("age");
    assertThat(one.image().read().height()).isEqualTo(16);
  }

  @Test
  void covidCxrSkipsWhatIsMissingOrListedTwiceWithTheLine() {
    assertThat(Datasets.open("covid-cxr:" + resource("covid-cxr")).skipped())
        .containsExactly(
            new Dataset.Skipped("missing.png", "line 6: there is no file images/missing.png"),
            new Dataset.Skipped("line 7", "one.png is already on line 2"));
  }

  @Test
  void phantomTakesOptions() {
    assertThat(Datasets.open("phantom").samples()).hasSize(260);
    PhantomDataset data =
        (PhantomDataset) Datasets.open("phantom:n=26,seed=4,size=96,overlay,cue=misleading");
    assertThat(data.config().n()).isEqualTo(26);
    assertThat(data.config().seed().value()).isEqualTo(4);
    assertThat(data.config().size()).isEqualTo(96);
    assertThat(data.config().overlay()).isEqualTo(OverlayMode.TRUE_LABEL);
    assertThat(data.config().cue()).isEqualTo(CueMode.MISLEADING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "phantom:colour",
        "phantom:n=0",
        "phantom:n=many",
        "phantom:overlay=maybe",
        "phantom:size=5"
      })
  void wrongPhantomOptionsAreNamed(String specification) {
    assertThatThrownBy(() -> Datasets.open(specification))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("phantom option");
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> Datasets.open("radnet:/somewhere"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("radnet")
        .hasMessageContaining("vqa-rad:")
        .hasMessageContaining("covid-cxr:")
        .hasMessageContaining("phantom")
        .hasMessageContaining(".csv");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vqa-rad",
        "vqa-rad:/no/such/folder",
        "covid-cxr:/no/such",
        "no.csv",
        "derm7pt:/no/such",
        "ham10000:/no/such",
        "medmnist:/no/such.npz",
        "mimic-cxr:/no/such",
        "openi:/no/such",
        "padchest-gr:/no/such",
        "roco:/no/such",
        "slake:/no/such",
        "vqa-med-2019:/no/such"
      })
  void aMissingFolderOrFileIsOneLine(String specification) {
    assertThatThrownBy(() -> Datasets.open(specification))
        .isInstanceOf(InputException.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aDataSetOfGivenSamplesRefusesRepeatedIds() {
    Sample sample = Datasets.open("phantom:n=1").samples().get(0);
    assertThat(Datasets.of("one", List.of(sample)).samples()).containsExactly(sample);
    assertThatThrownBy(() -> Datasets.of("two", List.of(sample, sample)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("phantom-000000");
  }
}
