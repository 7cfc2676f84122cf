package dev.auscult.zeroshot;

import dev.auscult.base.InputException;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.ImageFinding;
import dev.auscult.data.Sample;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Images with the classes of a prompt set that they show. Immutable.
 *
 * <p>A label that is none of the classes says that the image shows none of them where each class is
 * decided by itself; where classes compete, such an image is left out.
 */
public final class LabelledImages {
  private final List<Sample> samples;
  private final List<BitSet> truths;
  private final List<Skipped> skipped;

  private LabelledImages(List<Sample> samples, List<BitSet> truths, List<Skipped> skipped) {
    this.samples = List.copyOf(samples);
    this.truths = List.copyOf(truths);
    this.skipped = List.copyOf(skipped);
  }

  /**
   * The samples that have labels a set knows.
   *
   * @throws InputException if there are none, naming a label that was found
   */
  public static LabelledImages of(List<Sample> samples, PromptSet set) {
    List<Sample> kept = new ArrayList<>();
    List<BitSet> truths = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (Sample sample : samples) {
      List<String> labels = labels(sample);
      BitSet truth = new BitSet();
      labels.forEach(label -> set.classOf(label).ifPresent(truth::set));
      if (labels.isEmpty()) {
        skipped.add(new Skipped(sample.id(), "no label"));
      } else if (truth.isEmpty() && !set.definition().decidesEachAlone()) {
        skipped.add(
            new Skipped(sample.id(), "its label \"" + labels.get(0) + "\" is none of the classes"));
      } else {
        kept.add(sample);
        truths.add(truth);
      }
    }
    if (truths.stream().allMatch(BitSet::isEmpty)) {
      throw new InputException(
          "--data",
          skipped.isEmpty()
              ? samples.size() + " samples that show none of the classes"
              : "no sample of any class, the first: " + skipped.get(0).reason(),
          "samples labelled with " + String.join(", ", set.classNames()),
          "add the labels of the data to the set, under labels of a class");
    }
    return new LabelledImages(kept, truths, skipped);
  }

  private static List<String> labels(Sample sample) {
    return Stream.concat(
            sample.label().stream(), sample.findings().stream().map(ImageFinding::label))
        .filter(label -> !label.isBlank())
        .distinct()
        .toList();
  }

  /** The same without those that are not among {@code ids}. */
  LabelledImages only(List<String> ids) {
    Set<String> wanted = Set.copyOf(ids);
    List<Sample> kept = new ArrayList<>();
    List<BitSet> keptTruths = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      if (wanted.contains(samples.get(i).id())) {
        kept.add(samples.get(i));
        keptTruths.add(truths.get(i));
      }
    }
    return new LabelledImages(kept, keptTruths, skipped);
  }

  /** The images in order. */
  public List<Sample> samples() {
    return samples;
  }

  /** Samples that were left out, with the reason. */
  public List<Skipped> skipped() {
    return skipped;
  }

  /** Whether image {@code sample} shows class {@code index}. */
  public boolean shows(int sample, int index) {
    return truths.get(sample).get(index);
  }

  /** The only class of an image; empty if it has none or several. */
  public OptionalInt onlyClass(int sample) {
    BitSet truth = truths.get(sample);
    return truth.cardinality() == 1 ? OptionalInt.of(truth.nextSetBit(0)) : OptionalInt.empty();
  }

  /** Whether every image shows exactly one of several classes. */
  public boolean exclusive(int classes) {
    return classes > 1 && truths.stream().allMatch(truth -> truth.cardinality() == 1);
  }

  /** What is resampled together: the patient, or the image where none is known. */
  public List<String> patients() {
    return samples.stream()
        .map(one -> one.patient().map(p -> "patient " + p).orElse("sample " + one.id()))
        .toList();
  }
}
