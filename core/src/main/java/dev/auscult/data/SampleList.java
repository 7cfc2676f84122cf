package dev.auscult.data;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Samples in memory; their hash is computed when first asked for, on all cores. */
final class SampleList implements Dataset {
  private final String name;
  private final List<Sample> samples;
  private final List<Skipped> skipped;
  private volatile @Nullable ContentHash hash;

  SampleList(String name, List<Sample> samples, List<Skipped> skipped) {
    this.name = name;
    this.samples = List.copyOf(samples);
    this.skipped = List.copyOf(skipped);
    Set<String> ids = new HashSet<>();
    for (Sample sample : samples) {
      if (!ids.add(sample.id())) {
        throw new InputException(
            name, "the id " + sample.id() + " twice", "unique ids", "rename one of them");
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Sample> samples() {
    return samples;
  }

  @Override
  public List<Skipped> skipped() {
    return skipped;
  }

  @Override
  public ContentHash hash() {
    ContentHash known = hash;
    if (known == null) {
      known = compute();
      hash = known;
    }
    return known;
  }

  private ContentHash compute() {
    Map<ImageSource, ContentHash> images =
        samples.stream()
            .flatMap(sample -> Stream.concat(Stream.of(sample.image()), regions(sample)))
            .distinct()
            .toList()
            .parallelStream()
            .collect(Collectors.toConcurrentMap(Function.identity(), ImageSource::hash));
    List<String> parts = new ArrayList<>();
    samples.forEach(sample -> describe(sample, images, parts));
    return ContentHash.of(parts.toArray(String[]::new));
  }

  private static Stream<ImageSource> regions(Sample sample) {
    return sample.regions().values().stream();
  }

  private static void describe(
      Sample sample, Map<ImageSource, ContentHash> images, List<String> parts) {
    parts.add(sample.id());
    parts.add(hex(images, sample.image()));
    for (Optional<String> value :
        List.of(
            sample.text(),
            sample.patient(),
            sample.split(),
            sample.label(),
            sample.concept(),
            sample.question(),
            sample.answer(),
            sample.category())) {
      parts.add(value.map(text -> "=" + text).orElse(""));
    }
    parts.add(Integer.toString(sample.attributes().size()));
    sample.attributes().forEach((key, value) -> parts.addAll(List.of(key, value)));
    parts.add(Integer.toString(sample.regions().size()));
    sample.regions().forEach((key, image) -> parts.addAll(List.of(key, hex(images, image))));
    if (!sample.findings().equals(Sample.onlyFinding(sample.label(), sample.concept()))) {
      sample.findings().forEach(finding -> parts.add(finding.toString()));
    }
    sample.foil().ifPresent(foil -> parts.add("foil=" + foil));
  }

  private static String hex(Map<ImageSource, ContentHash> images, ImageSource image) {
    ContentHash found = images.get(image);
    if (found == null) {
      throw new IllegalStateException("an image that was not hashed: " + image.name());
    }
    return found.hex();
  }
}
