package dev.auscult.zeroshot;

import dev.auscult.base.InputException;
import dev.auscult.text.PromptTemplate;
import dev.auscult.text.PromptTemplates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a set of classes is put into words: templates, pairs of opposite templates, synonyms and
 * attributes of the classes. All prompts of one class are averaged in embedding space. Immutable.
 *
 * @param name what reports call it
 * @param domain the field it is worded for, e.g. {@code radiology}
 * @param definition what stands for a class
 * @param templates take a class's phrases; none if the set does not define classes by names
 * @param pairs take a class's synonyms; none if the set does not define classes by pairs
 * @param attributeTemplates take an attribute
 * @param classes each name once
 */
public record PromptSet(
    String name,
    String domain,
    ClassDefinition definition,
    List<PromptTemplate> templates,
    List<PromptPair> pairs,
    List<PromptTemplate> attributeTemplates,
    List<PromptClass> classes) {
  private static final List<String> SHIPPED =
      List.of("chest-xray", "chest-xray-phrases", "dermatoscopy", "phantom");

  /** More than this is a mistake: every prompt is a pass of the text encoder. */
  private static final int MOST_PROMPTS = 100_000;

  /**
   * Checks that the definition can be had, that classes differ and no label means two of them.
   *
   * @throws InputException saying what is missing or there twice
   */
  public PromptSet {
    templates = List.copyOf(templates);
    pairs = List.copyOf(pairs);
    attributeTemplates = List.copyOf(attributeTemplates);
    classes = List.copyOf(classes);
    checkClasses(name, definition, classes);
    if (!can(definition, templates, pairs, attributeTemplates, classes)) {
      throw new InputException(
          name, "classes by " + definition.label(), missing(definition), "add them");
    }
    long prompts = 0;
    for (PromptClass one : classes) {
      prompts += number(templates.size(), pairs.size(), attributeTemplates.size(), one);
    }
    if (prompts > MOST_PROMPTS) {
      throw new InputException(
          name,
          "more than " + MOST_PROMPTS + " prompts",
          "at most as many by all definitions together",
          "leave out templates, synonyms or attributes");
    }
  }

  /** How many prompts a class has by all definitions, or one too many. */
  private static long number(int templates, int pairs, int attributeTemplates, PromptClass one) {
    double phrases =
        (double) one.synonyms().size()
            * (one.severities().size() + 1)
            * (one.locations().size() + 1);
    double all =
        (templates + 1) * phrases
            + 2.0 * pairs * one.synonyms().size()
            + (double) attributeTemplates * one.attributes().size()
            + one.positive().size()
            + one.negative().size();
    return (long) Math.min(all, MOST_PROMPTS + 1.0);
  }

  private static void checkClasses(
      String name, ClassDefinition definition, List<PromptClass> classes) {
    int least = definition.decidesEachAlone() ? 1 : 2;
    if (classes.size() < least) {
      throw new InputException(
          name,
          classes.size() + " classes by " + definition.label(),
          "at least " + least,
          "add a class, e.g. \"normal\"");
    }
    Set<String> seen = new LinkedHashSet<>();
    for (PromptClass one : classes) {
      Set<String> own =
          names(one).stream()
              .map(PromptClass::folded)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      for (String label : own) {
        if (!seen.add(label)) {
          throw new InputException(
              name, "\"" + label + "\" for two classes", "each of them once", "take one away");
        }
      }
    }
  }

  private static List<String> names(PromptClass one) {
    List<String> names = new ArrayList<>(List.of(one.name()));
    names.addAll(one.labels());
    names.addAll(one.synonyms());
    return names;
  }

  private static String missing(ClassDefinition definition) {
    return switch (definition) {
      case NAMES -> "templates";
      case PAIRS -> "pairs, or positive and negative texts of every class";
      case ATTRIBUTES -> "attributes of every class";
    };
  }

  private static boolean can(
      ClassDefinition definition,
      List<PromptTemplate> templates,
      List<PromptPair> pairs,
      List<PromptTemplate> attributeTemplates,
      List<PromptClass> classes) {
    return switch (definition) {
      case NAMES -> !templates.isEmpty() && classes.size() > 1;
      case PAIRS -> !pairs.isEmpty() || classes.stream().noneMatch(one -> one.positive().isEmpty());
      case ATTRIBUTES ->
          !attributeTemplates.isEmpty()
              && classes.size() > 1
              && classes.stream().noneMatch(one -> one.attributes().isEmpty());
    };
  }

  /** The names that {@link #named} knows besides files. */
  public static List<String> shippedNames() {
    return SHIPPED;
  }

  /**
   * A set that ships with the library by its name, or that of a YAML file ({@code
   * docs/zero-shot.md} lists the keys).
   *
   * @throws InputException naming the key that is wrong
   */
  public static PromptSet named(String nameOrFile) {
    return SHIPPED.contains(nameOrFile)
        ? PromptSetFile.shipped(nameOrFile)
        : PromptSetFile.read(Path.of(nameOrFile));
  }

  /** Classes by their names in templates. */
  public static PromptSet of(PromptTemplates templates, List<String> classes) {
    return new PromptSet(
        templates.name(),
        templates.domain(),
        ClassDefinition.NAMES,
        templates.templates(),
        List.of(),
        List.of(),
        classes.stream().map(PromptClass::named).toList());
  }

  /** The ways in which this set can define its classes, in the order of the constants. */
  public List<ClassDefinition> definitions() {
    return Arrays.stream(ClassDefinition.values())
        .filter(one -> can(one, templates, pairs, attributeTemplates, classes))
        .toList();
  }

  /**
   * The same classes defined otherwise.
   *
   * @throws InputException if the set lacks what that takes
   */
  public PromptSet definedBy(ClassDefinition other) {
    return new PromptSet(name, domain, other, templates, pairs, attributeTemplates, classes);
  }

  /** By names in one template alone. */
  PromptSet withTemplate(PromptTemplate only) {
    return new PromptSet(
        name, domain, ClassDefinition.NAMES, List.of(only), pairs, attributeTemplates, classes);
  }

  /** By one pair alone. */
  PromptSet withPair(PromptPair only) {
    return new PromptSet(
        name, domain, ClassDefinition.PAIRS, templates, List.of(only), attributeTemplates, classes);
  }

  /** With one class said by one synonym alone. */
  PromptSet withSynonym(int index, String synonym) {
    List<PromptClass> others = new ArrayList<>(classes);
    others.set(index, classes.get(index).withSynonym(synonym));
    return new PromptSet(name, domain, definition, templates, pairs, attributeTemplates, others);
  }

  /** The names of the classes in order. */
  public List<String> classNames() {
    return classes.stream().map(PromptClass::name).toList();
  }

  /** The number of the class that a data set's label means; empty if it means none. */
  public OptionalInt classOf(String label) {
    return IntStream.range(0, classes.size())
        .filter(c -> classes.get(c).isCalled(label))
        .findFirst();
  }

  /** The texts that say class {@code index} is there, by names or pairs. */
  public List<String> positiveTexts(int index) {
    PromptClass one = classes.get(index);
    if (definition == ClassDefinition.PAIRS) {
      return one.positive().isEmpty()
          ? filled(pairs.stream().map(PromptPair::positive).toList(), one.synonyms())
          : one.positive();
    }
    return filled(templates, one.phrases());
  }

  /** The texts that say class {@code index} is not there, by pairs. */
  public List<String> negativeTexts(int index) {
    PromptClass one = classes.get(index);
    return one.negative().isEmpty()
        ? filled(pairs.stream().map(PromptPair::negative).toList(), one.synonyms())
        : one.negative();
  }

  /** For each attribute of class {@code index}, the texts that say it. */
  public List<List<String>> attributeTexts(int index) {
    return classes.get(index).attributes().stream()
        .map(attribute -> filled(attributeTemplates, List.of(attribute)))
        .toList();
  }

  private static List<String> filled(List<PromptTemplate> templates, List<String> words) {
    return templates.stream()
        .flatMap(template -> words.stream().map(template::fill))
        .distinct()
        .toList();
  }

  /** Every text that this definition compares images with, each once. */
  public Set<String> texts() {
    Set<String> texts = new LinkedHashSet<>();
    for (int c = 0; c < classes.size(); c++) {
      switch (definition) {
        case NAMES -> texts.addAll(positiveTexts(c));
        case PAIRS -> {
          texts.addAll(positiveTexts(c));
          texts.addAll(negativeTexts(c));
        }
        case ATTRIBUTES -> attributeTexts(c).forEach(texts::addAll);
      }
    }
    return texts;
  }
}
