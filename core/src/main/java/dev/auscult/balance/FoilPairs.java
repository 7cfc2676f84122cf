package dev.auscult.balance;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.data.Dataset;
import dev.auscult.data.Sample;
import dev.auscult.data.SampleBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data set as an audit with foils sees it: behind each image with its text the same image with
 * its foil, a text that is wrong in a detail (Shekhar et al. 2017; MM-SHAP, section 4).
 *
 * @param data the captions
 * @param samples captions and foils
 */
public record FoilPairs(Dataset data, List<Sample> samples) implements Dataset {
  private static final String FOIL = ":foil";

  /** Copies the list. */
  public FoilPairs {
    samples = List.copyOf(samples);
  }

  /**
   * The samples that an audit of a task takes from a data set: without foils those of the data set.
   *
   * @throws InputException if an id looks like that of a foil
   */
  public static Dataset of(Dataset data, AuditTask task) {
    if (task != AuditTask.FOIL) {
      return data;
    }
    List<Sample> samples = new ArrayList<>();
    for (Sample sample : data.samples()) {
      if (isFoil(sample.id())) {
        throw new InputException(
            data.name(),
            "the id " + sample.id(),
            "ids that do not end in " + FOIL + ", by which results name foils",
            "rename it");
      }
      samples.add(sample);
      sample.foil().ifPresent(foil -> samples.add(foilOf(sample, foil)));
    }
    return new FoilPairs(data, samples);
  }

  private static Sample foilOf(Sample sample, String foil) {
    SampleBuilder builder =
        new SampleBuilder(sample.id() + FOIL, sample.image())
            .text(Optional.of(foil))
            .patient(sample.patient())
            .split(sample.split());
    sample.attributes().forEach((name, value) -> builder.attribute(name, Optional.of(value)));
    sample.regions().forEach(builder::region);
    return builder.build();
  }

  /** Whether an id is that of a foil. */
  public static boolean isFoil(String id) {
    return id.endsWith(FOIL);
  }

  /** The id of the caption that a foil belongs to; of a caption its own. */
  static String captionOf(String id) {
    return isFoil(id) ? id.substring(0, id.length() - FOIL.length()) : id;
  }

  /** The captions, each knowing whether it scores above its foil, which is what is right here. */
  static List<AuditedSample> captions(List<AuditedSample> samples) {
    Map<String, Double> foils = new HashMap<>();
    samples.stream()
        .map(AuditedSample::figures)
        .filter(figures -> isFoil(figures.id()))
        .forEach(figures -> foils.put(captionOf(figures.id()), figures.score()));
    return samples.stream()
        .filter(sample -> !isFoil(sample.figures().id()))
        .map(
            sample -> {
              Double foil = foils.get(sample.figures().id());
              return foil == null ? sample : sample.judged(sample.figures().score() > foil);
            })
        .toList();
  }

  /** The foils. */
  static List<AuditedSample> foils(List<AuditedSample> samples) {
    return samples.stream().filter(sample -> isFoil(sample.figures().id())).toList();
  }

  @Override
  public String name() {
    return data.name();
  }

  @Override
  public List<Skipped> skipped() {
    return data.skipped();
  }

  @Override
  public ContentHash hash() {
    return data.hash();
  }
}
