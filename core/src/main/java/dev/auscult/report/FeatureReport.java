package dev.auscult.report;

import dev.auscult.features.DataDescription;
import dev.auscult.features.DataFeatures;
import dev.auscult.features.FeatureResult;
import dev.auscult.features.FeatureVerdict;
import dev.auscult.features.ImageClass;
import dev.auscult.report.Table.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The page and files of a feature study.
 *
 * @param result what was found
 * @param run its provenance
 */
public record FeatureReport(FeatureResult result, RunReport run) {

  /**
   * Writes CSV files, {@code index.html} and, last, {@code result.json}.
   *
   * @throws IOException if the folder cannot be written
   */
  public void write(Path folder) throws IOException {
    new FeatureFiles(result, folder).write();
    new SimpleReport("Feature study", FeatureWords.headline(result), sections(), run).write(folder);
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(verdict());
    for (int d = 0; d < result.data().size(); d++) {
      sections.add(data(result.data().get(d), d));
    }
    sections.add(Section.of("How to read this", Block.points(FeatureWords.notes(result))));
    return sections;
  }

  private Section verdict() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.points(new FeatureVerdict(result).sentences()));
    if (!result.comparisons().isEmpty()) {
      blocks.add(Block.table("verdict", FeatureTables.comparisons(result)));
    }
    return new Section("Which features separate the classes better?", blocks);
  }

  private Section data(DataFeatures data, int number) {
    DataDescription description = data.description();
    String by = description.grouping().name();
    String name = "data-" + (number + 1);
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.paragraph(
            "%s of %s, grouped by %s."
                .formatted(
                    Figures.count(description.images().size(), "image"),
                    Figures.count(description.patients(), "patient"),
                    by)));
    if (!description.notes().isEmpty()) {
      blocks.add(Block.points(description.notes()));
    }
    blocks.add(
        Block.chart(
            FeatureMaps.picture("maps-" + (number + 1), data, result.settings().projection()),
            FeatureWords.maps(data, result.settings().projection())));
    if (description.measured() > 0) {
      blocks.add(Block.table("separation-" + name, FeatureTables.separation(data)));
    }
    if (result.isFirst(data)) {
      blocks.addAll(withoutClasses(data, number));
    }
    blocks.add(Block.table(classes(description)));
    return new Section(
        result.settings().groupings().size() == 1
            ? description.name()
            : description.name() + " by " + by,
        blocks);
  }

  /** What is the same whatever the classes are. */
  private static List<Block> withoutClasses(DataFeatures data, int number) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.table("geometry-data-" + (number + 1), FeatureTables.geometry(data)));
    if (data.models().size() > 1) {
      blocks.add(
          Block.chart(
              CkaHeatMap.picture("cka-" + (number + 1), data),
              "How alike the features of the models are: linear CKA, debiased."));
      blocks.add(Block.table("alike-data-" + (number + 1), FeatureTables.alike(data)));
    }
    return blocks;
  }

  private static Table classes(DataDescription description) {
    List<List<String>> rows = new ArrayList<>();
    for (ImageClass of : description.classes()) {
      rows.add(
          List.of(
              of.name(),
              Figures.count(of.images()),
              Figures.count(of.patients()),
              of.isMeasured() ? "yes" : "no, too few patients"));
    }
    return new Table(
        "Classes of %s.".formatted(description.name()),
        List.of(
            Column.words(description.grouping().name()),
            Column.numbers("images"),
            Column.numbers("patients"),
            Column.words("measured")),
        rows);
  }
}
