package dev.auscult.data;

import dev.auscult.base.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads SLAKE (Liu et al. 2021) and sets in its layout: {@code train.json}, {@code validate.json}
 * (or {@code validation.json}) and {@code test.json}, lists of {@code img_name}, {@code question},
 * {@code answer} and optional {@code qid}, {@code q_lang}, {@code content_type}, {@code
 * answer_type}, {@code modality}, {@code location}; images in {@code imgs/} (or {@code images/}).
 *
 * <p>Questions in other languages than English are left out. The patient is the image.
 */
final class Slake {
  private static final String LANGUAGE = "en";

  /** The file names of the splits. */
  private enum Part {
    TRAIN("train", "train.json", "train.json"),
    VALIDATION("validation", "validate.json", "validation.json"),
    TEST("test", "test.json", "test.json");

    private final String split;
    private final String file;
    private final String otherwise;

    Part(String split, String file, String otherwise) {
      this.split = split;
      this.file = file;
      this.otherwise = otherwise;
    }
  }

  private final DatasetFolder folder;
  private final Gathering gathering;

  private Slake(Path path) {
    this.folder = DatasetFolder.of(path);
    this.gathering = new Gathering("slake", path);
  }

  static Dataset read(Path path) {
    Slake reader = new Slake(path);
    boolean found = false;
    for (Part part : Part.values()) {
      Optional<String> file =
          Stream.of(part.file, part.otherwise).filter(reader.folder::has).findFirst();
      file.ifPresent(name -> reader.read(part, name));
      found |= file.isPresent();
    }
    if (!found) {
      throw new InputException(
          path.toString(),
          "no list of questions",
          "train.json, validate.json or test.json",
          "name the folder that holds them");
    }
    return reader.gathering.dataset();
  }

  private void read(Part part, String file) {
    JsonList.read(folder.file(file), "question", item -> accept(part, item));
  }

  private void accept(Part part, JsonList.Item item) {
    String name = item.required("img_name");
    String id = part.split + "-" + item.value("qid").orElse(name + " " + item.number());
    Optional<String> language = item.value("q_lang").filter(lang -> !lang.equals(LANGUAGE));
    Optional<String> question = item.value("question");
    if (language.isPresent()) {
      gathering.skip(id, "a question in '" + language.get() + "', not in English");
      return;
    }
    if (question.isEmpty()) {
      gathering.skip(id, "no question");
      return;
    }
    Optional<ImageSource> image =
        folder.firstImage(List.of("imgs/" + name, "images/" + name), item.where());
    if (image.isEmpty()) {
      gathering.skip(id, "there is no file imgs/" + name);
      return;
    }
    gathering.add(
        new SampleBuilder(id, image.get())
            .patient(Optional.of(name))
            .split(Optional.of(part.split))
            .question(question.get(), item.value("answer"), item.value("content_type"))
            .attribute("answer_type", item.value("answer_type"))
            .attribute("modality", item.value("modality"))
            .attribute("location", item.value("location"))
            .build());
  }
}
