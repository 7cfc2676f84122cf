package dev.auscult.data;

import dev.auscult.base.InputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads VQA-RAD (Lau et al. 2018): {@code train.json}, {@code test.json} and {@code images/}. The
 * split is the published one, in which images of the test set also occur in training; the patient
 * is the image, so that {@link Split#stratified} parts by image. The text is question and answer
 * worded as a prompt, the category the question's type.
 */
final class VqaRad {
  private final DatasetFolder folder;
  private final Gathering gathering;
  private final Set<String> ids = new HashSet<>();

  private VqaRad(Path path) {
    this.folder = DatasetFolder.of(path);
    this.gathering = new Gathering("vqa-rad", path);
  }

  static Dataset read(Path path) {
    VqaRad reader = new VqaRad(path);
    reader.readSplit("train");
    reader.readSplit("test");
    return reader.gathering.dataset();
  }

  private void readSplit(String split) {
    JsonList.read(folder.file(split + ".json"), "question", question -> accept(question, split));
  }

  private void accept(JsonList.Item question, String split) {
    String id = question.required("qid");
    String imageName = question.required("image_name");
    Optional<String> asked = question.value("question");
    if (!ids.add(id)) {
      throw new InputException(
          question.where(), "the qid " + id + " again", "unique qids", "check the file");
    }
    if (asked.isEmpty()) {
      gathering.skip(id, "no question");
      return;
    }
    Optional<ImageSource> image = folder.image("images/" + imageName, question.where());
    if (image.isEmpty()) {
      gathering.skip(id, "there is no file images/" + imageName);
      return;
    }
    gathering.add(
        new SampleBuilder(id, image.get())
            .patient(Optional.of(imageName))
            .split(Optional.of(split))
            .question(
                asked.get(),
                question.value("answer"),
                question.value("question_type").map(VqaRad::category))
            .attribute("organ", question.value("image_organ"))
            .attribute("answer_type", question.value("answer_type"))
            .attribute("phrase_type", question.value("phrase_type"))
            .build());
  }

  /** The published types vary in case and order: {@code "PRES, ATTRIB"} is {@code ATTRIB, PRES}. */
  private static String category(String type) {
    return Arrays.stream(type.toUpperCase(Locale.ROOT).split(",", -1))
        .map(String::strip)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
