package dev.auscult.data;

import dev.auscult.base.InputException;
import dev.auscult.base.YamlSection;
import dev.auscult.data.CombinationSource.ByAttribute;
import dev.auscult.data.CombinationSource.ByFinding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@link ClassConceptPrior}s from YAML; {@code docs/data.md} lists the keys. */
final class PriorFile {
  /** The priors that ship with the library. */
  static final Set<String> SHIPPED = new TreeSet<>(List.of("derm7pt", "padchest-gr"));

  private static final String GUIDE =
      "docs/data.md explains every key, and derm7pt and padchest-gr are examples";
  private static final String PLAIN = "{class} {concept}";

  private final String file;
  private final Map<String, Set<String>> cuis = new LinkedHashMap<>();

  private PriorFile(String file) {
    this.file = file;
  }

  static List<ClassConceptPrior> read(Path file) {
    return new PriorFile(file.toString()).priors(YamlSection.read(file, GUIDE));
  }

  static List<ClassConceptPrior> parse(String yaml, String file) {
    return new PriorFile(file).priors(YamlSection.parse(yaml, file, GUIDE));
  }

  static List<ClassConceptPrior> shipped(String name) {
    String resource = "prior/" + name + ".yaml";
    try (InputStream in = PriorFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the library lacks its resource " + resource);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ClassConceptPrior> priors(YamlSection root) {
    YamlSection locations = root.section("locations");
    for (String location : locations.keys()) {
      cuis.put(location, identifiers(locations, location));
    }
    List<ClassConceptPrior> priors = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (YamlSection task : root.sections("tasks", "a list of tasks, each with name and classes")) {
      ClassConceptPrior prior = prior(task);
      if (!names.add(prior.name())) {
        throw task.wrong("name", "another name than that of an earlier task");
      }
      task.refuseUnknown();
      priors.add(prior);
    }
    root.refuseUnknown();
    return priors;
  }

  private static Set<String> identifiers(YamlSection locations, String location) {
    List<String> identifiers = locations.texts(location, "a list of CUIs, e.g. [C0443246]");
    if (!identifiers.stream().allMatch(UmlsExpression.Cui::is)) {
      throw locations.wrong(location, "a list of CUIs (C and seven digits)");
    }
    return Set.copyOf(identifiers);
  }

  private ClassConceptPrior prior(YamlSection task) {
    String name = task.text("name", "the task's name");
    LabelMode mode = task.choice("labels", LabelMode.EXCLUSIVE, LabelMode::term);
    Optional<String> noFinding = task.optionalText("no_finding", "the prompt for none of them");
    Optional<String> attribute = task.optionalText("attribute", "the name of an attribute");
    String template = task.optionalText("template", "a prompt with {concept}").orElse(PLAIN);
    if (!template.contains("{concept}")) {
      throw task.wrong("template", "a prompt with {concept} and possibly {class}");
    }
    Map<String, Set<String>> labels = new LinkedHashMap<>();
    List<Combination> combinations = new ArrayList<>();
    for (YamlSection section :
        task.sections("classes", "a list of classes, each with name and concepts")) {
      String className = section.text("name", "the class's name");
      if (labels.containsKey(className)) {
        throw section.wrong("name", "another name than that of an earlier class");
      }
      Set<String> known = new LinkedHashSet<>(List.of(className));
      known.addAll(section.texts("labels", "a list of labels"));
      labels.put(className, known);
      combinations.addAll(combinations(section, className, template));
      section.refuseUnknown();
    }
    refuseEqualPrompts(task, combinations);
    CombinationSource source =
        attribute.<CombinationSource>map(ByAttribute::new).orElse(new ByFinding(labels, cuis));
    if (source instanceof ByAttribute) {
      refuseSharedConcepts(task, combinations);
    }
    return new ClassConceptPrior(name, mode, noFinding, source, combinations);
  }

  private List<Combination> combinations(YamlSection section, String className, String template) {
    String classPhrase = section.optionalText("phrase", "words for a prompt").orElse(className);
    List<Combination> combinations = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (YamlSection concept :
        section.sections("concepts", "a list of concepts, each with a name")) {
      String name = concept.text("name", "the concept's name");
      if (!names.add(name)) {
        throw concept.wrong("name", "another name than that of an earlier concept of the class");
      }
      String phrase = concept.optionalText("phrase", "words for a prompt").orElse(name);
      String prompt =
          concept
              .optionalText("prompt", "the whole prompt")
              .orElse(template.replace("{class}", classPhrase).replace("{concept}", phrase));
      combinations.add(
          new Combination(
              className,
              name,
              prompt,
              concept.texts("synonyms", "a list of prompts"),
              expression(concept),
              Set.copyOf(concept.texts("locations", "a list of names"))));
      concept.refuseUnknown();
    }
    return combinations;
  }

  private Optional<UmlsExpression> expression(YamlSection concept) {
    Optional<String> text = concept.optionalText("umls", "an expression of CUIs");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    UmlsExpression parsed = UmlsExpression.parse(text.get(), file + ", " + concept.name("umls"));
    Set<String> reachable = new TreeSet<>();
    cuis.values().forEach(reachable::addAll);
    for (String id : parsed.cuis()) {
      if (!cuis.isEmpty() && !reachable.contains(id)) {
        throw concept.wrong("umls", "only CUIs of the file's locations, which " + id + " is not");
      }
    }
    return Optional.of(parsed);
  }

  private void refuseEqualPrompts(YamlSection task, List<Combination> combinations) {
    Map<String, String> owners = new LinkedHashMap<>();
    for (Combination combination : combinations) {
      String other = owners.putIfAbsent(combination.prompt(), combination.name());
      if (other != null) {
        throw new InputException(
            file + ", " + task.name("classes"),
            "the prompt \"%s\" for %s and for %s"
                .formatted(combination.prompt(), other, combination.name()),
            "a prompt of its own for each combination",
            "use {class} and {concept} in the template, or give each a prompt");
      }
    }
  }

  private void refuseSharedConcepts(YamlSection task, List<Combination> combinations) {
    Map<String, String> owners = new LinkedHashMap<>();
    for (Combination combination : combinations) {
      String other = owners.putIfAbsent(combination.concept(), combination.className());
      if (other != null) {
        throw new InputException(
            file + ", " + task.name("classes"),
            "the concept '%s' under %s and under %s"
                .formatted(combination.concept(), other, combination.className()),
            "one class for each value of the attribute",
            "the attribute alone must tell the class");
      }
    }
  }
}
