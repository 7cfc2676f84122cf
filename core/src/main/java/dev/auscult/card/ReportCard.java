package dev.auscult.card;

import dev.auscult.card.CardSections.Part;
import dev.auscult.metric.Estimate;
import dev.auscult.model.PublishedModel;
import dev.auscult.model.Registry;
import dev.auscult.report.Block;
import dev.auscult.report.Figures;
import dev.auscult.report.Provenance;
import dev.auscult.report.Section;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A card of one model on one data set, in the sections of model cards (Mitchell et al. 2019), with
 * what is missing named.
 *
 * @param results what it rests on
 * @param published what the registry knows of the model
 * @param use what the model is meant for, in its user's words; empty if nobody said
 */
public record ReportCard(
    JoinedResults results, Optional<PublishedModel> published, Optional<String> use) {

  /** A card of these results. */
  public static ReportCard of(JoinedResults results, Optional<String> use) {
    return new ReportCard(
        results, Registry.standard().of(results.model().name(), Path.of(".")), use);
  }

  /** The page's heading. */
  public String title() {
    return "Report card: "
        + results.model().name()
        + results.data().map(data -> " on " + data.name()).orElse("");
  }

  /** What is known in a sentence. */
  public String finding() {
    Map<CardTopic, List<Evidence>> found = evidence();
    List<String> missing =
        Arrays.stream(CardTopic.values())
            .filter(topic -> !found.containsKey(topic))
            .map(CardTopic::title)
            .toList();
    return "%d of %d topics have evidence%s."
        .formatted(
            found.size(),
            CardTopic.values().length,
            missing.isEmpty()
                ? ""
                : "; missing: " + String.join(", ", missing).toLowerCase(Locale.ROOT));
  }

  /** What one folder says on a topic. */
  private record Evidence(ResultFolder folder, Part part) {}

  private Map<CardTopic, List<Evidence>> evidence() {
    Map<CardTopic, List<Evidence>> found = new EnumMap<>(CardTopic.class);
    for (CardTopic topic : CardTopic.values()) {
      for (ResultFolder folder : results.folders()) {
        if (topic.isOf(folder.command())) {
          CardSections.part(topic, folder, results.model().name())
              .ifPresent(
                  part ->
                      found
                          .computeIfAbsent(topic, key -> new ArrayList<>())
                          .add(new Evidence(folder, part)));
        }
      }
    }
    return found;
  }

  /** The body of the page. */
  public List<Section> sections() {
    Map<CardTopic, List<Evidence>> found = evidence();
    List<Section> sections = new ArrayList<>();
    sections.add(overview(found));
    sections.add(new Section("Model details", details()));
    sections.add(new Section("Intended use and limits", intendedUse()));
    sections.add(new Section("Evaluation data", data()));
    for (CardTopic topic : CardTopic.values()) {
      sections.add(topic(topic, found.getOrDefault(topic, List.of())));
    }
    for (ResultFolder folder : results.folders()) {
      if (CardTopic.of(folder.command()).isEmpty()) {
        CardSections.every(folder, results.model().name())
            .ifPresent(
                part ->
                    sections.add(
                        new Section(
                            "auscult " + folder.command(), blocks(new Evidence(folder, part)))));
      }
    }
    sections.add(caveats());
    sections.add(seal());
    return sections;
  }

  private Section overview(Map<CardTopic, List<Evidence>> found) {
    List<List<String>> rows = new ArrayList<>();
    for (CardTopic topic : CardTopic.values()) {
      List<Evidence> of = found.getOrDefault(topic, List.of());
      rows.add(
          of.isEmpty()
              ? List.of(topic.title(), "missing", topic.fill())
              : List.of(
                  topic.title(), headline(topic, of.get(0)), of.get(0).folder().commandLine()));
    }
    List<Block> blocks = new ArrayList<>();
    results.notices().forEach(notice -> blocks.add(Block.notice(notice + ".")));
    blocks.add(
        Block.table(
            new Table(
                "What is known, and the command that found it or would find it.",
                List.of(Column.words("topic"), Column.words("finding"), Column.words("command")),
                rows)));
    return new Section("At a glance", blocks);
  }

  private String headline(CardTopic topic, Evidence evidence) {
    return CardHeadline.of(topic, evidence.folder(), evidence.part(), results.model().name());
  }

  private List<Block> details() {
    List<String> points = new ArrayList<>();
    points.add("Architecture: " + results.model().family() + ".");
    points.add("Weights, SHA-256: " + results.model().weights().hex() + ".");
    points.add("Configuration, SHA-256: " + results.model().configuration().hex() + ".");
    results.model().commit().ifPresent(commit -> points.add("Commit on the hub: " + commit + "."));
    published.ifPresent(
        entry -> {
          points.add("Published as " + entry.title() + ": " + entry.source() + ".");
          points.add("Publication: " + entry.citation() + ".");
          points.add("Training domains: " + String.join(", ", entry.domains()) + ".");
        });
    points.add(
        published.isPresent()
            ? "Licence of the weights: " + published.get().licence().name() + "."
            : "Licence: the registry does not know this model; its publisher's terms decide.");
    return List.of(Block.points(points));
  }

  private List<Block> intendedUse() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.notice(
            "For research. Not a medical device: nothing here clears the model for patient care."));
    results.model().notice().ifPresent(notice -> blocks.add(Block.notice(notice)));
    published
        .flatMap(entry -> entry.licence().notice(entry.title()))
        .filter(notice -> !results.model().notice().equals(Optional.of(notice)))
        .ifPresent(notice -> blocks.add(Block.notice(notice)));
    blocks.add(
        Block.paragraph(
            use.map(words -> "Intended use, as stated for this card: " + words)
                .orElse("Nobody stated an intended use for this card (--use \"...\").")));
    published
        .map(PublishedModel::remark)
        .filter(remark -> !remark.isBlank())
        .ifPresent(remark -> blocks.add(Block.paragraph(remark)));
    return blocks;
  }

  private List<Block> data() {
    if (results.data().isEmpty()) {
      return List.of(Block.paragraph("No result names a data set."));
    }
    Provenance.Data data = results.data().get();
    List<String> points = new ArrayList<>();
    points.add(
        "%s: %s, %s left out, SHA-256 %s."
            .formatted(
                data.name(),
                Figures.count(data.n(), "sample"),
                Figures.count(data.skipped()),
                data.hash().hex()));
    for (ResultFolder folder : results.folders()) {
      if (folder.result().path("patients").isInt()) {
        points.add(
            "auscult %s counted %s."
                .formatted(
                    folder.command(),
                    Figures.count(folder.result().path("patients").intValue(), "patient")));
      }
      if (!folder.result().path("groups").isEmpty() && folder.command().equals("evaluate")) {
        points.add(
            "Attributes (factors): "
                + String.join(", ", folder.result().path("groups").propertyNames())
                + ".");
      }
    }
    points.add("Training data of the model: see its publication; this card saw none of it.");
    return List.of(Block.points(points));
  }

  private static Section topic(CardTopic topic, List<Evidence> evidence) {
    List<Block> blocks = new ArrayList<>();
    if (evidence.isEmpty()) {
      blocks.add(Block.notice("Missing: no result of the folders given tells of it."));
      blocks.add(Block.paragraph("This command would fill it:"));
      blocks.add(Block.code(topic.fill()));
    }
    evidence.forEach(one -> blocks.addAll(blocks(one)));
    return new Section(topic.title(), blocks);
  }

  private static List<Block> blocks(Evidence evidence) {
    List<Block> blocks = new ArrayList<>();
    evidence.part().remarks().forEach(remark -> blocks.add(Block.paragraph(remark)));
    evidence.part().tables().forEach(table -> blocks.add(Block.table(table)));
    blocks.add(
        Block.paragraph(
            "From %s, written by version %s on %s: %s"
                .formatted(
                    name(evidence.folder()),
                    evidence.folder().version(),
                    evidence.folder().started(),
                    evidence.folder().commandLine())));
    return blocks;
  }

  private static String name(ResultFolder folder) {
    return String.valueOf(folder.path().toAbsolutePath().normalize().getFileName());
  }

  private Section seal() {
    List<List<String>> rows = new ArrayList<>();
    for (ResultFolder folder : results.folders()) {
      for (Path file : folder.files()) {
        rows.add(
            List.of(
                name(folder) + "/" + folder.path().relativize(file),
                JoinedResults.hash(file).abbreviated()));
      }
    }
    return Section.of(
        "Seal",
        Block.table(
            new Table(
                "The files that this card rests on, with the first digits of their SHA-256.",
                List.of(Column.words("file"), Column.words("SHA-256")),
                rows)),
        Block.link(
            CardSeal.FILE,
            CardSeal.FILE,
            " has the whole hashes, also of this page, and the card's own. Verify them with:"),
        Block.code("auscult card --verify DIR --expect HASH"));
  }

  private Section caveats() {
    return Section.of(
        "Ethical considerations and caveats",
        Block.points(
            List.of(
                "Intervals hold for patients like those of this data set; another hospital,"
                    + " scanner or period needs its own card.",
                "A group that is not an attribute of the data was not examined.",
                "A topic without evidence is not a topic without problems.",
                "The hashes show whether a file changed since the card was made, not who made it:"
                    + " keep the card's hash elsewhere and verify against it.")));
  }

  /** The card as scripts read it. */
  public Map<String, @Nullable Object> json() {
    Map<CardTopic, List<Evidence>> found = evidence();
    Map<String, @Nullable Object> topics = new LinkedHashMap<>();
    for (CardTopic topic : CardTopic.values()) {
      List<Evidence> of = found.getOrDefault(topic, List.of());
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("status", of.isEmpty() ? "missing" : "present");
      entry.put("command", of.isEmpty() ? topic.fill() : of.get(0).folder().commandLine());
      entry.put(
          "figures",
          of.stream().flatMap(one -> one.part().figures().stream()).map(ReportCard::json).toList());
      topics.put(topic.name().toLowerCase(Locale.ROOT), entry);
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("model", results.model().name());
    json.put("weights", results.model().weights().hex());
    json.put("configuration", results.model().configuration().hex());
    json.put("data", results.data().map(data -> data.hash().hex()));
    json.put("licence", published.map(entry -> entry.licence().name()));
    json.put("limits", results.model().notice());
    json.put("intended_use", use);
    json.put("notices", results.notices());
    json.put("topics", topics);
    return json;
  }

  private static Map<String, @Nullable Object> json(CardFigure figure) {
    Estimate estimate = figure.estimate();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", figure.name());
    json.put("value", estimate.value());
    json.put("lo", estimate.lo());
    json.put("hi", estimate.hi());
    json.put("n", estimate.n());
    return json;
  }
}
