package dev.auscult.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Builds a {@link Sample} from what is known of it; everything but id and image may be left out.
 */
public final class SampleBuilder {
  private final String id;
  private final ImageSource image;
  private Optional<String> text = Optional.empty();
  private Optional<String> foil = Optional.empty();
  private Optional<String> patient = Optional.empty();
  private Optional<String> split = Optional.empty();
  private Optional<String> label = Optional.empty();
  private Optional<String> concept = Optional.empty();
  private Optional<String> question = Optional.empty();
  private Optional<String> answer = Optional.empty();
  private Optional<String> category = Optional.empty();
  private final Map<String, String> attributes = new TreeMap<>();
  private final Map<String, ImageSource> regions = new TreeMap<>();
  private final List<ImageFinding> findings = new ArrayList<>();

  /**
   * @param id unique in its data set
   * @param image the image, not yet read
   */
  public SampleBuilder(String id, ImageSource image) {
    this.id = id;
    this.image = image;
  }

  /** See {@link Sample#text()}. */
  public SampleBuilder text(Optional<String> value) {
    text = value;
    return this;
  }

  /** See {@link Sample#foil()}. */
  public SampleBuilder foil(Optional<String> value) {
    foil = value;
    return this;
  }

  /** See {@link Sample#patient()}. */
  public SampleBuilder patient(Optional<String> value) {
    patient = value;
    return this;
  }

  /** See {@link Sample#split()}. */
  public SampleBuilder split(Optional<String> value) {
    split = value;
    return this;
  }

  /** See {@link Sample#label()}. */
  public SampleBuilder label(Optional<String> value) {
    label = value;
    return this;
  }

  /** See {@link Sample#concept()}. */
  public SampleBuilder concept(Optional<String> value) {
    concept = value;
    return this;
  }

  /** A question with its answer and category; both make the text, worded as a prompt. */
  public SampleBuilder question(
      String asked, Optional<String> reference, Optional<String> ofCategory) {
    question = Optional.of(asked);
    answer = reference;
    category = ofCategory;
    return text(
        Optional.of("Question: %s Answer: %s".formatted(asked, reference.orElse("")).strip()));
  }

  /** Adds to {@link Sample#attributes()}, if there is a value. */
  public SampleBuilder attribute(String name, Optional<String> value) {
    value.ifPresent(present -> attributes.put(name, present));
    return this;
  }

  /** Adds to {@link Sample#regions()}. */
  public SampleBuilder region(String name, ImageSource mask) {
    regions.put(name, mask);
    return this;
  }

  /** Sets {@link Sample#findings()}; of a single one also label and, if it is single, concept. */
  public SampleBuilder findings(List<ImageFinding> values) {
    findings.clear();
    findings.addAll(values);
    if (values.size() == 1) {
      label = Optional.of(values.get(0).label());
      List<String> locations = values.get(0).locations();
      concept = locations.size() == 1 ? Optional.of(locations.get(0)) : Optional.empty();
    }
    return this;
  }

  /** The sample. */
  public Sample build() {
    return new Sample(
        id,
        image,
        text,
        patient,
        split,
        label,
        concept,
        question,
        answer,
        category,
        attributes,
        regions,
        findings,
        foil);
  }
}
