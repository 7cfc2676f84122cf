package dev.auscult.retrieval;

import dev.auscult.data.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Images and texts that belong together, each different one once: a text that several images have
 * is one candidate with several right images, an image with several texts has several right texts.
 * Immutable.
 */
public final class RetrievalSet {
  private final List<Sample> samples;
  private final List<RetrievalItem> images;
  private final List<RetrievalItem> texts;
  private final List<Set<Integer>> textsOfImage;
  private final List<Set<Integer>> imagesOfText;

  private RetrievalSet(
      List<Sample> samples, List<RetrievalItem> images, List<RetrievalItem> texts) {
    this.samples = samples;
    this.images = images;
    this.texts = texts;
    this.textsOfImage = partners(images, numbers(texts, samples.size()));
    this.imagesOfText = partners(texts, numbers(images, samples.size()));
  }

  /**
   * The pairs of samples.
   *
   * @param samples each with a text
   * @param content what identifies a sample's image: its pixels, not its name
   * @throws IllegalArgumentException if a sample has no text
   */
  public static RetrievalSet of(List<Sample> samples, Function<Sample, String> content) {
    return new RetrievalSet(
        List.copyOf(samples), items(samples, content), items(samples, RetrievalSet::text));
  }

  private static String text(Sample sample) {
    return sample
        .text()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> new IllegalArgumentException("no text: " + sample.id()));
  }

  private static List<RetrievalItem> items(List<Sample> samples, Function<Sample, String> key) {
    Map<String, List<Integer>> byKey = new LinkedHashMap<>();
    for (int s = 0; s < samples.size(); s++) {
      byKey.computeIfAbsent(key.apply(samples.get(s)), k -> new ArrayList<>()).add(s);
    }
    return byKey.values().stream()
        .map(found -> new RetrievalItem(samples.get(found.get(0)).id(), found))
        .toList();
  }

  private static int[] numbers(List<RetrievalItem> items, int samples) {
    int[] numbers = new int[samples];
    for (int item = 0; item < items.size(); item++) {
      for (int sample : items.get(item).samples()) {
        numbers[sample] = item;
      }
    }
    return numbers;
  }

  private static List<Set<Integer>> partners(List<RetrievalItem> items, int[] otherOfSample) {
    List<Set<Integer>> partners = new ArrayList<>();
    for (RetrievalItem item : items) {
      Set<Integer> found = new TreeSet<>();
      item.samples().forEach(sample -> found.add(otherOfSample[sample]));
      partners.add(found);
    }
    return partners;
  }

  /** All samples in order. */
  public List<Sample> samples() {
    return samples;
  }

  /** What is asked by. */
  public List<RetrievalItem> queries(Direction direction) {
    return direction == Direction.IMAGE_TO_TEXT ? images : texts;
  }

  /** What is ranked. */
  public List<RetrievalItem> candidates(Direction direction) {
    return direction == Direction.IMAGE_TO_TEXT ? texts : images;
  }

  /** The candidates that answer a query, ascending; at least one. */
  public Set<Integer> relevant(Direction direction, int query) {
    return (direction == Direction.IMAGE_TO_TEXT ? textsOfImage : imagesOfText).get(query);
  }

  /** The first sample of an item. */
  public Sample sample(RetrievalItem item) {
    return samples.get(item.samples().get(0));
  }

  /** The text of a text item, without white space around it. */
  public String text(RetrievalItem item) {
    return text(sample(item));
  }

  /** How many pairs of a different image and a different text there are. */
  public int pairs() {
    return textsOfImage.stream().mapToInt(Set::size).sum();
  }

  /**
   * What is resampled together: the queries of one patient. A query that belongs to several
   * patients, as "no finding" does, or to none that is known, is by itself.
   */
  public List<String> patients(Direction direction) {
    List<String> keys = new ArrayList<>();
    for (RetrievalItem query : queries(direction)) {
      Set<Optional<String>> patients = new LinkedHashSet<>();
      query.samples().forEach(sample -> patients.add(samples.get(sample).patient()));
      Optional<String> only = patients.size() == 1 ? patients.iterator().next() : Optional.empty();
      keys.add(only.map(patient -> "patient " + patient).orElse("query " + query.id()));
    }
    return keys;
  }

  /**
   * The queries of each group; one that belongs to samples of several groups counts in each.
   *
   * @param groupOfSample the group of each sample, empty where it is not known
   */
  public Map<String, List<Integer>> groups(
      Direction direction, List<Optional<String>> groupOfSample) {
    List<RetrievalItem> queries = queries(direction);
    Map<String, List<Integer>> groups = new TreeMap<>();
    for (int q = 0; q < queries.size(); q++) {
      Set<String> names = new TreeSet<>();
      queries.get(q).samples().forEach(s -> groupOfSample.get(s).ifPresent(names::add));
      for (String name : names) {
        groups.computeIfAbsent(name, n -> new ArrayList<>()).add(q);
      }
    }
    return groups;
  }
}
