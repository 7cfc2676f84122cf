package dev.auscult.zeroshot;

import dev.auscult.text.PromptTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One way to put the classes of a prompt set into words.
 *
 * @param kind what it changes
 * @param name the template, the synonym with its class, or the definition
 * @param set the classes so worded
 */
public record Wording(Kind kind, String name, PromptSet set) {
  /** What a wording changes. */
  public enum Kind {
    /** What stands for a class; everything the set has for it together. */
    DEFINITION("all prompts by"),
    /** One template alone. */
    TEMPLATE("template"),
    /** One pair of opposite templates alone. */
    PAIR("pair"),
    /** One class said by one of its synonyms alone, the others by all of theirs. */
    SYNONYM("synonym");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** As results name it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** As it stands before a wording's name. */
    public String words() {
      return words;
    }
  }

  /** Kind and name, as pages name it. */
  public String label() {
    return kind == Kind.TEMPLATE || kind == Kind.PAIR
        ? "%s \"%s\"".formatted(kind.words(), name)
        : kind.words() + " " + name;
  }

  /**
   * All wordings that differ from a set in one choice: its own definition first, the others, each
   * template and each pair alone, each synonym alone.
   */
  static List<Wording> of(PromptSet set) {
    List<Wording> wordings = new ArrayList<>();
    wordings.add(whole(set));
    List<ClassDefinition> definitions = set.definitions();
    for (ClassDefinition definition : definitions) {
      if (definition != set.definition()) {
        wordings.add(whole(set.definedBy(definition)));
      }
    }
    if (definitions.contains(ClassDefinition.NAMES) && set.templates().size() > 1) {
      for (PromptTemplate template : set.templates()) {
        wordings.add(new Wording(Kind.TEMPLATE, template.text(), set.withTemplate(template)));
      }
    }
    if (definitions.contains(ClassDefinition.PAIRS) && set.pairs().size() > 1) {
      for (PromptPair pair : set.pairs()) {
        wordings.add(new Wording(Kind.PAIR, pair.label(), set.withPair(pair)));
      }
    }
    wordings.addAll(synonyms(set));
    return wordings;
  }

  private static Wording whole(PromptSet set) {
    return new Wording(Kind.DEFINITION, set.definition().label(), set);
  }

  private static List<Wording> synonyms(PromptSet set) {
    List<Wording> wordings = new ArrayList<>();
    for (int c = 0; c < set.classes().size(); c++) {
      PromptClass one = set.classes().get(c);
      if (set.definition() == ClassDefinition.ATTRIBUTES
          || one.synonyms().size() < 2
          || (set.definition() == ClassDefinition.PAIRS && !one.positive().isEmpty())) {
        continue;
      }
      for (String synonym : one.synonyms()) {
        wordings.add(
            new Wording(
                Kind.SYNONYM,
                "%s: %s".formatted(one.name(), synonym),
                set.withSynonym(c, synonym)));
      }
    }
    return wordings;
  }
}
