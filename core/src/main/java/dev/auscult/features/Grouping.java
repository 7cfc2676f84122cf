package dev.auscult.features;

import dev.auscult.base.InputException;
import dev.auscult.data.Sample;
import java.util.Optional;

/**
 * What the classes are whose separation is measured.
 *
 * @param source where a sample says which it has
 * @param name of the attribute; else the source's own word
 */
public record Grouping(Source source, String name) {
  private static final String ATTRIBUTE = "attr.";

  /** Where a sample says which class it has. */
  public enum Source {
    /** Its label. */
    LABEL,
    /** Its concept. */
    CONCEPT,
    /** One of its attributes. */
    ATTRIBUTE
  }

  /**
   * What {@code --by} means: {@code label}, {@code concept}, or the name of an attribute, with or
   * without {@code attr.} before it.
   *
   * @throws InputException if nothing is named
   */
  public static Grouping parse(String text) {
    String name = text.strip();
    if (name.equals("label")) {
      return new Grouping(Source.LABEL, name);
    }
    if (name.equals("concept")) {
      return new Grouping(Source.CONCEPT, name);
    }
    if (name.isEmpty() || name.equals(ATTRIBUTE)) {
      throw new InputException(
          "--by", "no name", "label, concept or an attribute", "write e.g. --by sex");
    }
    return new Grouping(
        Source.ATTRIBUTE, name.startsWith(ATTRIBUTE) ? name.substring(ATTRIBUTE.length()) : name);
  }

  /** The class of a sample; empty where none or several are known. */
  Optional<String> of(Sample sample) {
    return switch (source) {
      case LABEL -> sample.label();
      case CONCEPT -> sample.concept();
      case ATTRIBUTE -> Optional.ofNullable(sample.attributes().get(name));
    };
  }
}
