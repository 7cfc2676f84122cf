package dev.auscult.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads VQA-Med 2019 (Ben Abacha et al. 2019): training and validation with one file per category
 * in {@code QAPairsByCategory} (or {@code All_QA_Pairs_*.txt}, which names no category), the test
 * set with {@code VQAMed2019_Test_Questions_w_Ref_Answers.txt}, each beside its folder of images;
 * all in one folder or each in the folder that its archive unpacks to.
 *
 * <p>Where a reference holds several answers, parted by {@code #}, the first is the answer and all
 * are the attribute {@code answers}. The patient is the image.
 */
final class VqaMed2019 {
  private static final Pattern BAR = Pattern.compile("\\|");
  private static final Pattern ALTERNATIVES = Pattern.compile("\\s*#\\s*");

  /** Published splits with the names of their parts. */
  private enum Part {
    TRAIN("train", "train", "Train_images"),
    VALIDATION("validation", "val", "Val_images"),
    TEST("test", "test", "VQAMed2019_Test_Images");

    private final String split;
    private final String suffix;
    private final String images;

    Part(String split, String suffix, String images) {
      this.split = split;
      this.suffix = suffix;
      this.images = images;
    }

    private String all() {
      return this == TEST
          ? "VQAMed2019_Test_Questions_w_Ref_Answers.txt"
          : "All_QA_Pairs_" + suffix + ".txt";
    }

    private String inCategory(Category category) {
      return "QAPairsByCategory/%s_%s.txt".formatted(category.file, suffix);
    }
  }

  /** The four categories of questions. */
  private enum Category {
    MODALITY("modality", "C1_Modality"),
    PLANE("plane", "C2_Plane"),
    ORGAN("organ", "C3_Organ"),
    ABNORMALITY("abnormality", "C4_Abnormality");

    private final String label;
    private final String file;

    Category(String label, String file) {
      this.label = label;
      this.file = file;
    }
  }

  private final DatasetFolder folder;
  private final Gathering gathering;

  private VqaMed2019(Path path) {
    this.folder = DatasetFolder.of(path);
    this.gathering = new Gathering("vqa-med-2019", path);
  }

  static Dataset read(Path path) {
    VqaMed2019 reader = new VqaMed2019(path);
    for (Part part : Part.values()) {
      reader.read(part);
    }
    return reader.gathering.dataset();
  }

  private void read(Part part) {
    Optional<String> byCategory =
        folder.holding(part.inCategory(Category.MODALITY), part.inCategory(Category.ABNORMALITY));
    if (byCategory.isPresent()) {
      for (Category category : Category.values()) {
        String file = byCategory.get() + part.inCategory(category);
        if (folder.has(file)) {
          read(part, byCategory.get(), file, Optional.of(category.label));
        }
      }
      return;
    }
    folder
        .holding(part.all())
        .ifPresent(prefix -> read(part, prefix, prefix + part.all(), Optional.empty()));
  }

  private void read(Part part, String prefix, String file, Optional<String> category) {
    String images = prefix + part.images + "/";
    StrictText.forEachLine(
        folder.file(file),
        (number, line) -> {
          List<String> fields = fields(part, line);
          String where = file + " line " + number;
          if (fields.size() < 3) {
            gathering.skip(where, "fewer fields than image, question and answer between bars");
          } else if (part == Part.TEST) {
            Optional<String> own = Optional.of(fields.remove(1)).filter(c -> !c.isEmpty());
            accept(part, images, fields, own, number);
          } else {
            accept(part, images, fields, category, number);
          }
        },
        (number, line) ->
            gathering.skip(file + " line " + number, "bytes that are not UTF-8 text"));
  }

  /** The fields of a line; the last takes what is left. */
  private static List<String> fields(Part part, String line) {
    List<String> fields = new ArrayList<>();
    for (String field : BAR.split(line, part == Part.TEST ? 4 : 3)) {
      fields.add(field.strip());
    }
    return part == Part.TEST && fields.size() < 4 ? List.of() : fields;
  }

  private void accept(
      Part part, String images, List<String> fields, Optional<String> category, long line) {
    String name = fields.get(0);
    String question = fields.get(1);
    List<String> answers =
        ALTERNATIVES.splitAsStream(fields.get(2)).filter(answer -> !answer.isEmpty()).toList();
    String id = name + "-" + category.orElse(Long.toString(line));
    if (name.isEmpty() || question.isEmpty()) {
      gathering.skip(part.split + " line " + line, "no " + (name.isEmpty() ? "image" : "question"));
      return;
    }
    Optional<ImageSource> image =
        folder.firstImage(List.of(images + name + ".jpg", images + name + ".png"), "line " + line);
    if (image.isEmpty()) {
      gathering.skip(id, "there is no file " + images + name + ".jpg");
      return;
    }
    gathering.add(
        new SampleBuilder(id, image.get())
            .patient(Optional.of(name))
            .split(Optional.of(part.split))
            .question(question, answers.stream().findFirst(), category)
            .attribute(
                "answers",
                Optional.of(String.join("; ", answers)).filter(all -> answers.size() > 1))
            .build());
  }
}
