package dev.auscult.study;

import dev.auscult.base.InputException;
import dev.auscult.base.YamlSection;
import dev.auscult.data.StudySplits.Design;
import dev.auscult.data.StudySplits.HeldOut;
import dev.auscult.data.StudySplits.Published;
import dev.auscult.data.StudySplits.TestSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is compared, on what. {@code docs/study.md} lists the keys of the YAML file.
 *
 * @param model {@code M} of the command line
 * @param data {@code D} of the command line
 * @param prior the class-concept prior: its name or file
 * @param tasks which tasks of the prior; empty for all
 * @param design test set, fractions, repetitions and validation share
 * @param splits a frozen plan to use instead of a new one
 * @param methods what is compared, at least one
 * @param reference the method that the others are compared with
 * @param texts whether sentences of the training split are mixed among images that show the same
 * @param views randomly changed copies of each training image, as MedCLIP trains with
 * @param threshold from which log-odds on a finding is called, where labels are not exclusive
 * @param epochs of the methods that train by epochs
 * @param seed of splits and training
 */
public record StudyConfig(
    String model,
    String data,
    String prior,
    List<String> tasks,
    Design design,
    Optional<Path> splits,
    List<StudyMethod> methods,
    StudyMethod reference,
    StudyTexts texts,
    int views,
    CallThreshold threshold,
    int epochs,
    long seed) {
  private static final String GUIDE = "docs/study.md explains every key";
  private static final List<String> PLANNED =
      List.of("test", "fractions", "repetitions", "validation");
  private static final List<Double> FRACTIONS = List.of(0.05, 0.1, 0.25, 0.5, 1.0);

  /** Copies the lists. */
  public StudyConfig {
    tasks = List.copyOf(tasks);
    methods = List.copyOf(methods);
  }

  /**
   * Reads a configuration.
   *
   * @throws InputException naming the key at fault and what it may be
   */
  public static StudyConfig read(Path file) {
    return of(YamlSection.read(file, GUIDE));
  }

  /** Parses the text of a configuration called {@code file} in messages. */
  public static StudyConfig parse(String yaml, String file) {
    return of(YamlSection.parse(yaml, file, GUIDE));
  }

  private static StudyConfig of(YamlSection root) {
    List<StudyMethod> methods = methods(root);
    StudyMethod first = methods.contains(StudyMethod.SCALE) ? StudyMethod.SCALE : methods.get(0);
    StudyMethod reference = root.choice("compare_with", first, StudyMethod::term);
    if (!methods.contains(reference)) {
      throw root.wrong("compare_with", "one of the methods of this study");
    }
    StudyConfig config =
        new StudyConfig(
            root.text("model", "a model, e.g. phantom"),
            root.text("data", "data, e.g. derm7pt:FOLDER"),
            root.text("prior", "a prior: derm7pt, padchest-gr or a YAML file"),
            root.texts("tasks", "a list of tasks of the prior"),
            design(root),
            root.optionalText("splits", "a CSV file that a study wrote").map(Path::of),
            methods,
            reference,
            root.choice("texts", StudyTexts.MIXED, StudyTexts::term),
            root.integer("views", 0, 0, 100),
            root.choice("threshold", CallThreshold.TRAINING, CallThreshold::term),
            root.integer("epochs", 150, 1, 100_000),
            root.longInteger("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE));
    root.refuseUnknown();
    return config;
  }

  private static List<StudyMethod> methods(YamlSection root) {
    List<StudyMethod> methods = new ArrayList<>();
    for (String term : root.texts("methods", "a list of " + StudyMethod.terms())) {
      StudyMethod method =
          StudyMethod.of(term)
              .orElseThrow(() -> root.wrong("methods", "a list of " + StudyMethod.terms()));
      if (methods.contains(method)) {
        throw root.wrong("methods", "each method once");
      }
      methods.add(method);
    }
    return methods.isEmpty() ? List.of(StudyMethod.values()) : methods;
  }

  private static Design design(YamlSection root) {
    for (String key : PLANNED) {
      if (root.has("splits") && root.has(key)) {
        throw root.wrong(key, "no such key beside splits: the frozen plan has its own");
      }
    }
    List<Double> fractions = root.numbers("fractions", 1e-6, 1);
    return new Design(
        test(root),
        fractions.isEmpty() ? FRACTIONS : fractions,
        root.integer("repetitions", 5, 1, 1000),
        root.number("validation", 0.2, 0, 0.9));
  }

  private static TestSet test(YamlSection root) {
    if (root.has("test") && root.isText("test")) {
      if (root.text("test", "published").equals("published")) {
        return new Published();
      }
      throw root.wrong("test", "published, or a share such as 0.15");
    }
    return new HeldOut(root.number("test", 0.15, 0.01, 0.9));
  }

  /** The same with another seed. */
  public StudyConfig withSeed(long other) {
    return new StudyConfig(
        model, data, prior, tasks, design, splits, methods, reference, texts, views, threshold,
        epochs, other);
  }

  /** Every choice that changes what comes out, by key. */
  public Map<String, Object> choices() {
    Map<String, Object> choices = new LinkedHashMap<>();
    choices.put("model", model);
    choices.put("data", data);
    choices.put("prior", prior);
    choices.put("tasks", tasks);
    if (splits.isEmpty()) {
      choices.put(
          "test", design.test() instanceof HeldOut held ? (Object) held.share() : "published");
      choices.put("fractions", design.fractions());
      choices.put("repetitions", design.repetitions());
      choices.put("validation", design.validation());
    }
    choices.put("splits", splits.map(Path::toString).orElse("planned here"));
    choices.put("methods", methods.stream().map(StudyMethod::term).toList());
    choices.put("compare_with", reference.term());
    choices.put("texts", texts.term());
    choices.put("views", views);
    choices.put("threshold", threshold.term());
    choices.put("epochs", epochs);
    choices.put("seed", seed);
    return choices;
  }
}
