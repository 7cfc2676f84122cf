package dev.auscult.features;

import dev.auscult.data.Sample;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the classes are whose separation is measured.
 *
 * @param name for readers, e.g. label, sex, age
 * @param classOf the class of a sample; empty where none or several are known
 */
public record Grouping(String name, Function<Sample, Optional<String>> classOf) {

  /** Classes are labels. */
  public static final Grouping LABEL = new Grouping("label", Sample::label);

  /** Classes are the values of an attribute. */
  public static Grouping attribute(String name) {
    return new Grouping(name, sample -> Optional.ofNullable(sample.attributes().get(name)));
  }

  /** The class of a sample. */
  Optional<String> of(Sample sample) {
    return classOf.apply(sample);
  }

  /** Whether any of these samples has a class. */
  boolean isKnownOf(List<Sample> samples) {
    return samples.stream().anyMatch(sample -> of(sample).isPresent());
  }
}
