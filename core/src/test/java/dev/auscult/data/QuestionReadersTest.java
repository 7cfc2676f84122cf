package dev.auscult.data;

import static dev.auscult.data.DatasetsTest.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.data.Dataset.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers of images with questions and answers, on folders in the published layouts. */
class QuestionReadersTest {

  @Test
  void vqaMed2019ReadsTrainingByCategoryAndTheOtherSplitsAsTheyAre() {
    Dataset data = Datasets.open("vqa-med-2019:" + resource("vqa-med-2019"));

    assertThat(data.samples())
        .extracting(Sample::id)
        .containsExactly(
            "synpic1-modality",
            "synpic2-modality",
            "synpic1-plane",
            "synpic1-organ",
            "synpic1-abnormality",
            "synpic8-1",
            "synpic8-2",
            "synpic9-organ");
    assertThat(data.samples())
        .extracting(sample -> sample.split().orElse(""))
        .containsExactly(
            "train", "train", "train", "train", "train", "validation", "validation", "test");
    Sample first = data.samples().get(0);
    assertThat(first.question()).contains("what kind of ramp is this?");
    assertThat(first.answer()).contains("ct w/contrast (iv)");
    assertThat(first.category()).contains("modality");
    assertThat(first.patient()).contains("synpic1");
    assertThat(first.text())
        .contains("Question: what kind of ramp is this? Answer: ct w/contrast (iv)");
    assertThat(data.samples().get(4).answer()).contains("a steep | ramp");
    assertThat(data.samples().get(5).category()).isEmpty();
    assertThat(data.samples().get(6).answer()).contains("no");
  }

  @Test
  void vqaMed2019TakesTheFirstOfSeveralAnswersAndKeepsAll() {
    Sample last = Datasets.open("vqa-med-2019:" + resource("vqa-med-2019")).samples().get(7);

    assertThat(last.answer()).contains("gastrointestinal");
    assertThat(last.attributes())
        .containsEntry("answers", "gastrointestinal; lung, mediastinum, pleura");
  }

  @Test
  void vqaMed2019ListsWhatItLeavesOut() {
    assertThat(Datasets.open("vqa-med-2019:" + resource("vqa-med-2019")).skipped())
        .extracting(Skipped::reason)
        .containsExactly(
            "there is no file ImageClef-2019-VQA-Med-Training/Train_images/synpic3.jpg",
            "fewer fields than image, question and answer between bars",
            "no image");
  }

  @Test
  void slakeKeepsEnglishQuestionsOfAllSplits() {
    Dataset data = Datasets.open("slake:" + resource("slake"));

    assertThat(data.samples()).extracting(Sample::id).containsExactly("train-0", "validation-0");
    Sample first = data.samples().get(0);
    assertThat(first.question()).contains("What modality is used?");
    assertThat(first.answer()).contains("MRI");
    assertThat(first.category()).contains("Modality");
    assertThat(first.patient()).contains("xmlab1/source.jpg");
    assertThat(first.attributes())
        .containsEntry("answer_type", "OPEN")
        .containsEntry("location", "Abdomen");
    assertThat(data.skipped())
        .containsExactly(
            new Skipped("train-1", "a question in 'zh', not in English"),
            new Skipped("train-2", "there is no file imgs/xmlab3/source.jpg"),
            new Skipped("test-0", "no question"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"img_name\": \"a.jpg\"}",
        "[1]",
        "[{\"question\": \"whose image?\"}]",
        "[{\"img_name\": \"a.jpg\"",
        "",
        "[[[[[[[[",
        "[] []",
        "[]]",
        "[] no question"
      })
  void aBrokenListIsOneLineThatNamesTheFile(String json, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("train.json"), json);

    assertThatThrownBy(() -> Datasets.open("slake:" + folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("train.json")
        .hasMessageNotContaining("\n");
  }

  @Test
  void slakeRefusesToLeaveItsFolder(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("test.json"),
        "[{\"img_name\": \"../../etc/passwd\", \"question\": \"who?\", \"qid\": 1}]");

    assertThatThrownBy(() -> Datasets.open("slake:" + folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("climbs with ..");
  }

  @Test
  void aFolderWithoutListsSaysWhatBelongsThere(@TempDir Path folder) {
    assertThatThrownBy(() -> Datasets.open("slake:" + folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("train.json, validate.json or test.json");
    assertThatThrownBy(() -> Datasets.open("vqa-med-2019:" + folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no entries");
  }

  @Test
  void aPublishedSplitCanBeTakenAlone() {
    Dataset data = Datasets.open("vqa-med-2019:" + resource("vqa-med-2019"));

    assertThat(Datasets.split(data, "validation").samples())
        .extracting(Sample::id)
        .containsExactly("synpic8-1", "synpic8-2");
    assertThat(Datasets.split(data, "test").skipped()).isEqualTo(data.skipped());
    assertThatThrownBy(() -> Datasets.split(data, "val"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("[test, train, validation]");
  }
}
