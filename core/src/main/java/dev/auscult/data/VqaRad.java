package dev.auscult.data;

import dev.auscult.base.InputException;
import dev.auscult.data.Dataset.Skipped;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads VQA-RAD (Lau et al. 2018): {@code train.json}, {@code test.json} and {@code images/}. The
 * split is the published one, in which images of the test set also occur in training; the patient
 * is the image, so that {@link Split#byPatient} parts by image. The text is question and answer
 * worded as a prompt, the category the question's type.
 */
final class VqaRad {
  private static final long MAX_BYTES = 256L << 20;

  private final DatasetFolder folder;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private VqaRad(DatasetFolder folder) {
    this.folder = folder;
  }

  static Dataset read(Path path) {
    VqaRad reader = new VqaRad(DatasetFolder.of(path));
    reader.readSplit("train");
    reader.readSplit("test");
    return Datasets.nonEmpty("vqa-rad", path, reader.samples, reader.skipped);
  }

  private void readSplit(String split) {
    Path file = folder.file(split + ".json");
    JsonNode questions = parse(file);
    if (!questions.isArray()) {
      throw new InputException(
          file.toString(), "JSON that is no list", "VQA-RAD's list of questions", "check the file");
    }
    int number = 1;
    for (JsonNode question : questions.values()) {
      accept(question, file + " question " + number++, split);
    }
  }

  private static JsonNode parse(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new InputException(
            file.toString(),
            Files.size(file) + " bytes",
            "at most " + MAX_BYTES,
            "check that it is VQA-RAD's file");
      }
      try (Reader text = StrictText.open(file)) {
        return JsonMapper.shared().readTree(text);
      }
    } catch (IOException e) {
      throw StrictText.unreadable(file, e);
    } catch (JacksonException e) {
      throw new InputException(
          file.toString(),
          "broken JSON (" + e.getOriginalMessage() + ")",
          "VQA-RAD's list of questions",
          "download the file again",
          e);
    }
  }

  private void accept(JsonNode question, String where, String split) {
    String id = required(question, "qid", where);
    String imageName = required(question, "image_name", where);
    String asked = required(question, "question", where);
    Optional<String> answer = optional(question, "answer");
    if (!ids.add(id)) {
      throw new InputException(where, "the qid " + id + " again", "unique qids", "check the file");
    }
    Optional<ImageSource> image = folder.image("images/" + imageName, where);
    if (image.isEmpty()) {
      skipped.add(new Skipped(id, "there is no file images/" + imageName));
      return;
    }
    samples.add(
        new Sample(
            id,
            image.get(),
            Optional.of("Question: %s Answer: %s".formatted(asked, answer.orElse("")).strip()),
            Optional.of(imageName),
            Optional.of(split),
            Optional.empty(),
            Optional.empty(),
            Optional.of(asked),
            answer,
            optional(question, "question_type").map(VqaRad::category),
            attributes(question),
            Map.of()));
  }

  private static Map<String, String> attributes(JsonNode question) {
    Map<String, String> attributes = new TreeMap<>();
    optional(question, "image_organ").ifPresent(value -> attributes.put("organ", value));
    optional(question, "answer_type").ifPresent(value -> attributes.put("answer_type", value));
    optional(question, "phrase_type").ifPresent(value -> attributes.put("phrase_type", value));
    return attributes;
  }

  /** The published types vary in case and order: {@code "PRES, ATTRIB"} is {@code ATTRIB, PRES}. */
  private static String category(String type) {
    return Arrays.stream(type.toUpperCase(Locale.ROOT).split(",", -1))
        .map(String::strip)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String required(JsonNode question, String key, String where) {
    return optional(question, key)
        .orElseThrow(
            () ->
                new InputException(
                    where, "no '" + key + "'", "a question of VQA-RAD", "check the file"));
  }

  private static Optional<String> optional(JsonNode question, String key) {
    JsonNode value = question.get(key);
    return value == null || !value.isValueNode() || value.isNull()
        ? Optional.empty()
        : Optional.of(value.asString().strip()).filter(text -> !text.isEmpty());
  }
}
