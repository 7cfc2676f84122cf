package dev.auscult.study;

import dev.auscult.base.InputException;
import dev.auscult.base.YamlSection;
import dev.auscult.data.StudySplits.Design;
import dev.auscult.data.StudySplits.HeldOut;
import dev.auscult.data.StudySplits.Published;
import dev.auscult.data.StudySplits.TestSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is compared, on what. {@code docs/study.md} lists the keys of the YAML file.
 *
 * @param model {@code M} of the command line
 * @param plainClip another model, whose zero-shot figures are shown beside
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
 * @param settings of methods, by name, where they differ from the usual ones
 * @param seed of splits and training
 */
public record StudyConfig(
    String model,
    Optional<String> plainClip,
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
    Map<StudyMethod, Map<String, String>> settings,
    long seed) {
  private static final String GUIDE = "docs/study.md explains every key";
  private static final List<String> PLANNED =
      List.of("test", "fractions", "repetitions", "validation");
  private static final List<Double> FRACTIONS = List.of(0.05, 0.1, 0.25, 0.5, 1.0);

  /** Copies the lists and the map. */
  public StudyConfig {
    tasks = List.copyOf(tasks);
    methods = List.copyOf(methods);
    settings = Map.copyOf(settings);
  }

  /** The settings of a method that differ from its usual ones. */
  public Map<String, String> settings(StudyMethod method) {
    return settings.getOrDefault(method, Map.of());
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
    Optional<String> plainClip = root.optionalText("plain_clip", "a model to compare with");
    List<StudyMethod> methods = methods(root, plainClip.isPresent());
    StudyMethod first = methods.contains(StudyMethod.SCALE) ? StudyMethod.SCALE : methods.get(0);
    StudyMethod reference = root.choice("compare_with", first, StudyMethod::term);
    if (!methods.contains(reference)) {
      throw root.wrong("compare_with", "one of the methods of this study");
    }
    StudyConfig config =
        new StudyConfig(
            root.text("model", "a model, e.g. phantom"),
            plainClip,
            root.text("data", "data, e.g. derm7pt:FOLDER"),
            root.text("prior", "a prior: derm7pt, padchest-gr or a YAML file"),
            root.texts("tasks", "a list of tasks of the prior"),
            design(root),
            root.optionalText("splits", "a CSV file that a study wrote").map(Path::of),
            methods,
            reference,
            root.choice("texts", StudyTexts.MIXED, StudyTexts::term),
            root.integer("views", 0, 0, 100),
            root.choice("threshold", CallThreshold.VALIDATION, CallThreshold::term),
            settings(root, methods),
            root.longInteger("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE));
    root.refuseUnknown();
    return config;
  }

  private static List<StudyMethod> methods(YamlSection root, boolean plainClip) {
    Set<StudyMethod> known = EnumSet.allOf(StudyMethod.class);
    if (!plainClip) {
      known.remove(StudyMethod.PLAIN_CLIP);
    }
    List<StudyMethod> methods = new ArrayList<>();
    String expected =
        "a list of " + known.stream().map(StudyMethod::term).collect(Collectors.joining(", "));
    for (String term : root.texts("methods", expected)) {
      StudyMethod method =
          StudyMethod.of(term)
              .filter(known::contains)
              .orElseThrow(() -> root.wrong("methods", expected));
      if (methods.contains(method)) {
        throw root.wrong("methods", "each method once");
      }
      methods.add(method);
    }
    if (methods.isEmpty()) {
      return known.stream().filter(method -> !method.trainsThroughEncoder()).toList();
    }
    if (plainClip && !methods.contains(StudyMethod.PLAIN_CLIP)) {
      methods.add(0, StudyMethod.PLAIN_CLIP);
    }
    return methods;
  }

  private static Map<StudyMethod, Map<String, String>> settings(
      YamlSection root, List<StudyMethod> methods) {
    int epochs = root.integer("epochs", 150, 1, 100_000);
    YamlSection all = root.section("settings");
    Map<StudyMethod, Map<String, String>> settings = new EnumMap<>(StudyMethod.class);
    for (StudyMethod method : methods) {
      Map<String, String> own = new LinkedHashMap<>();
      if (method.takesEpochs()) {
        own.put("epochs", Integer.toString(epochs));
      }
      YamlSection given = all.section(method.term());
      for (String name : given.keys()) {
        own.put(name, given.scalar(name, "text or a number, as adapt takes it after --set"));
      }
      method.trainer(own);
      settings.put(method, own);
    }
    all.refuseUnknown();
    return settings;
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
        model, plainClip, data, prior, tasks, design, splits, methods, reference, texts, views,
        threshold, settings, other);
  }

  /** Every choice that changes what comes out, by key. */
  public Map<String, Object> choices() {
    Map<String, Object> choices = new LinkedHashMap<>();
    choices.put("model", model);
    choices.put("plain_clip", plainClip.orElse("none"));
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
    Map<String, Object> ofMethods = new LinkedHashMap<>();
    methods.forEach(method -> ofMethods.put(method.term(), new TreeMap<>(settings(method))));
    choices.put("settings", ofMethods);
    choices.put("seed", seed);
    return choices;
  }
}
