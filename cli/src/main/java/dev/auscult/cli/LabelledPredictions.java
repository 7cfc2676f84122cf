package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.cli.Classification.Decision;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.ImageFinding;
import dev.auscult.data.Sample;
import dev.auscult.report.CsvFile;
import dev.auscult.zeroshot.Prediction;
import dev.auscult.zeroshot.Prediction.ClassScore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * From samples whose truth is known and what a model makes of them to a file that {@code auscult
 * evaluate} reads: {@code id, patient, split, y_true, score.<class>, group.<attribute>}; {@code
 * y_true.<class>} where every class is decided by itself.
 */
final class LabelledPredictions {
  private static final int MOST_VALUES = 12;

  private final List<String> classes;
  private final Decision decision;
  private final Function<String, OptionalInt> classOf;
  private final List<Labelled> labelled = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final Set<String> unknown = new TreeSet<>();

  /**
   * @param classes in the order of their columns
   * @param decision whether classes compete
   * @param classOf the number of the class that a label means
   */
  LabelledPredictions(
      List<String> classes, Decision decision, Function<String, OptionalInt> classOf) {
    this.classes = List.copyOf(classes);
    this.decision = decision;
    this.classOf = classOf;
  }

  /** A sample, the part that its row plays, and the classes it shows. */
  private record Labelled(Sample sample, String split, Set<Integer> shown) {}

  /**
   * Takes samples; those whose truth the classes cannot tell are left out with the reason.
   *
   * @param split that their rows get
   */
  void add(List<Sample> samples, String split) {
    for (Sample sample : samples) {
      Set<Integer> shown = shown(sample);
      Optional<String> fault = fault(sample, shown);
      fault.ifPresentOrElse(
          reason -> skipped.add(new Skipped(sample.id(), reason)),
          () -> labelled.add(new Labelled(sample, split, shown)));
    }
  }

  /** A finding means a class by its label, or by label and location together. */
  private Set<Integer> shown(Sample sample) {
    Set<Integer> shown = new LinkedHashSet<>();
    for (ImageFinding finding : sample.findings()) {
      Set<Integer> own =
          Stream.concat(
                  Stream.of(finding.label()),
                  finding.locations().stream().map(place -> finding.label() + " " + place))
              .map(classOf)
              .flatMapToInt(OptionalInt::stream)
              .boxed()
              .collect(Collectors.toCollection(LinkedHashSet::new));
      if (own.isEmpty()) {
        unknown.add(finding.label());
      }
      shown.addAll(own);
    }
    return shown;
  }

  private Optional<String> fault(Sample sample, Set<Integer> shown) {
    if (sample.findings().isEmpty()) {
      return Optional.of("no label");
    }
    if (decision == Decision.EACH_ALONE || shown.size() == 1) {
      return Optional.empty();
    }
    return Optional.of(
        shown.isEmpty()
            ? "a label that is none of the classes"
            : "several of the classes; classes that are decided each alone take it (--prompts with"
                + " pairs)");
  }

  /** The samples that were taken, in order. */
  List<Sample> samples() {
    return labelled.stream().map(Labelled::sample).toList();
  }

  /** Those that were not, with the reason. */
  List<Skipped> skipped() {
    return List.copyOf(skipped);
  }

  /**
   * Ends a run that could evaluate nothing.
   *
   * @param data what the user called the data
   * @throws InputException naming labels and classes if no sample was taken
   */
  void requireSome(String data) {
    if (labelled.isEmpty()) {
      throw new InputException(
          data,
          unknown.isEmpty() ? "no sample with a label" : "the labels " + listed(unknown),
          "labels among the classes " + listed(classes),
          "name the classes as the data does with --labels, or a prompt set that knows them with"
              + " --prompts");
    }
  }

  private static String listed(Iterable<String> names) {
    List<String> all = new ArrayList<>();
    names.forEach(all::add);
    String first = String.join(", ", all.subList(0, Math.min(8, all.size())));
    return all.size() <= 8 ? first : first + " and " + (all.size() - 8) + " more";
  }

  /**
   * Attributes that form groups: ages, and those with at most {@value #MOST_VALUES} values.
   *
   * @param wanted those that the user named; all if none
   * @throws InputException if one was named that no sample has
   */
  List<String> attributes(List<String> wanted) {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (Labelled row : labelled) {
      row.sample()
          .attributes()
          .forEach(
              (name, value) -> values.computeIfAbsent(name, key -> new TreeSet<>()).add(value));
    }
    for (String name : wanted) {
      if (!values.containsKey(name)) {
        throw new InputException(
            "--by " + name,
            "no sample with that attribute",
            "one of " + listed(values.keySet()),
            "correct it or leave it out");
      }
    }
    return wanted.isEmpty()
        ? values.entrySet().stream()
            .filter(one -> one.getKey().equals("age") || one.getValue().size() <= MOST_VALUES)
            .filter(one -> one.getValue().size() > 1)
            .map(Map.Entry::getKey)
            .toList()
        : List.copyOf(wanted);
  }

  /** Writes the rows of the samples that have a prediction. */
  void write(Path file, List<Prediction> predictions, List<String> attributes) throws IOException {
    Map<String, Prediction> byId =
        predictions.stream().collect(Collectors.toMap(Prediction::id, one -> one));
    CsvFile.write(
        file,
        header(attributes),
        labelled.stream()
            .flatMap(
                row ->
                    Optional.ofNullable(byId.get(row.sample().id()))
                        .map(prediction -> fields(row, prediction, attributes))
                        .stream())
            .iterator());
  }

  private List<String> header(List<String> attributes) {
    List<String> header = new ArrayList<>(List.of("id", "patient", "split"));
    if (decision == Decision.EACH_ALONE) {
      classes.forEach(name -> header.add("y_true." + name));
    } else {
      header.add("y_true");
    }
    classes.forEach(name -> header.add("score." + name));
    attributes.forEach(name -> header.add("group." + name));
    return header;
  }

  private List<Object> fields(Labelled row, Prediction prediction, List<String> attributes) {
    Sample sample = row.sample();
    List<Object> fields = new ArrayList<>();
    fields.add(sample.id());
    fields.add(sample.patient().orElse("sample " + sample.id()));
    fields.add(row.split());
    if (decision == Decision.EACH_ALONE) {
      IntStream.range(0, classes.size()).forEach(c -> fields.add(row.shown().contains(c) ? 1 : 0));
    } else {
      fields.add(classes.get(row.shown().iterator().next()));
    }
    Map<String, Double> scores =
        prediction.ranked().stream()
            .collect(Collectors.toMap(ClassScore::label, ClassScore::probability));
    classes.forEach(name -> fields.add(Math.min(1, scores.getOrDefault(name, Double.NaN))));
    attributes.forEach(name -> fields.add(sample.attributes().getOrDefault(name, "")));
    return fields;
  }
}
