package dev.auscult.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One image with what is known of it. Only {@code id} and {@code image} are always there.
 *
 * @param id unique in its data set
 * @param image the image, not yet read
 * @param text caption or report; empty if none
 * @param patient whom the image shows; samples of one patient never part in a split
 * @param split train, validation or test
 * @param label class
 * @param concept the class's descriptive concept (for findings: the location)
 * @param question a question about the image
 * @param answer its reference answer
 * @param category the question's category; candidate answers are gathered per category
 * @param attributes patient and acquisition attributes such as {@code age}, {@code sex}, {@code
 *     site}
 * @param regions known regions of the image by name (phantoms: {@code lesion}, {@code overlay})
 * @param findings everything the image is labelled with; label and concept are the only one's, and
 *     empty where there are several
 * @param foil a text that is wrong of this image where {@code text} is right, alike otherwise
 */
public record Sample(
    String id,
    ImageSource image,
    Optional<String> text,
    Optional<String> patient,
    Optional<String> split,
    Optional<String> label,
    Optional<String> concept,
    Optional<String> question,
    Optional<String> answer,
    Optional<String> category,
    Map<String, String> attributes,
    Map<String, ImageSource> regions,
    List<ImageFinding> findings,
    Optional<String> foil) {

  /** Copies the maps, sorted by name; without findings, label and concept are the only one. */
  public Sample {
    attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
    regions = java.util.Collections.unmodifiableMap(new TreeMap<>(regions));
    findings = findings.isEmpty() ? onlyFinding(label, concept) : List.copyOf(findings);
  }

  /** A sample with no other finding than label and concept tell. */
  public Sample(
      String id,
      ImageSource image,
      Optional<String> text,
      Optional<String> patient,
      Optional<String> split,
      Optional<String> label,
      Optional<String> concept,
      Optional<String> question,
      Optional<String> answer,
      Optional<String> category,
      Map<String, String> attributes,
      Map<String, ImageSource> regions) {
    this(
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
        List.of(),
        Optional.empty());
  }

  /** What label and concept say as a finding; nothing without a label. */
  static List<ImageFinding> onlyFinding(Optional<String> label, Optional<String> concept) {
    return label.map(name -> ImageFinding.of(name, concept)).stream().toList();
  }

  /** The same sample with another image. */
  public Sample withImage(ImageSource other) {
    return new Sample(
        id,
        other,
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

  /** A sample with an image and nothing else, to build on. */
  public static Sample of(String id, ImageSource image) {
    return new Sample(
        id,
        image,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of());
  }
}
