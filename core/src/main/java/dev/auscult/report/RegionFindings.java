package dev.auscult.report;

import dev.auscult.metric.Estimate;
import dev.auscult.report.Table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far explanations point at what is known to be in the images.
 *
 * @param models for each model, by what the report calls it, the regions by name
 */
public record RegionFindings(Map<String, Map<String, Share>> models) {

  /**
   * A region's part in a model's explanations, over the samples that have it.
   *
   * @param mass of the absolute contributions of the patches (relevance mass accuracy, Arras et al.
   *     2022), 0 to 1
   * @param area of the image, 0 to 1: the mass that contributions spread evenly would have
   * @param excess of the mass over the area
   * @param hits share of the samples whose strongest patch touches the region (pointing game, Zhang
   *     et al. 2018)
   * @param chance share of the patches that touch it: the hits of a patch drawn at random
   */
  public record Share(Estimate mass, double area, Estimate excess, Estimate hits, double chance) {

    /** Whether more lies on the region than on any other place of its size, beyond chance. */
    public boolean leansOn() {
      return excess.lo() > 0;
    }

    /** The figures as scripts read them. */
    public Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("n", mass.n());
      json.put("share_of_contributions", interval(mass));
      json.put("share_of_area", area);
      json.put("excess", interval(excess));
      json.put("pointing_hits", interval(hits));
      json.put("pointing_chance", chance);
      return json;
    }

    private static Map<String, @Nullable Object> interval(Estimate estimate) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("mean", estimate.value());
      json.put("lo", estimate.lo());
      json.put("hi", estimate.hi());
      return json;
    }
  }

  /** Copies the map. */
  public RegionFindings {
    models = new LinkedHashMap<>(models);
  }

  /**
   * A region's part in a model's explanations.
   *
   * @throws IllegalArgumentException if no sample of the model has the region
   */
  public Share of(String model, String region) {
    Share share = models.getOrDefault(model, Map.of()).get(region);
    if (share == null) {
      throw new IllegalArgumentException("no " + region + " under " + model);
    }
    return share;
  }

  /** Whether no sample has a region. */
  public boolean isEmpty() {
    return models.values().stream().allMatch(Map::isEmpty);
  }

  /** The regions of a model as scripts read them. */
  public Map<String, @Nullable Object> toJson(String model) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    models.getOrDefault(model, Map.of()).forEach((name, share) -> json.put(name, share.toJson()));
    return json;
  }

  /** The part of a report about it. */
  public Section section() {
    return Section.of(
        "Known regions",
        Block.paragraph(
            "Where it is known what an image shows, an explanation can be compared with it. A"
                + " region's mass is its share of the absolute contributions of the patches; above"
                + " its share of the image, the model attends to it more than to other places. The"
                + " pointing game asks whether the strongest patch touches the region; compare it"
                + " with the share of the patches that do. Mass on a finding is no proof that the"
                + " model knows it, and mass on burned-in text is a reason not to trust it."),
        Block.table("known-regions", table()));
  }

  private Table table() {
    List<List<String>> rows = new ArrayList<>();
    models.forEach(
        (model, regions) -> regions.forEach((name, share) -> rows.add(row(model, name, share))));
    return new Table(
        "Contributions on known regions: means over the samples that have them, with 95 %"
            + " intervals by patient.",
        List.of(
            Column.words("model"),
            Column.words("region"),
            Column.numbers("samples"),
            Column.numbers("mass [95 %]"),
            Column.numbers("its area"),
            Column.numbers("pointing hits [95 %]"),
            Column.numbers("by chance")),
        rows);
  }

  private static List<String> row(String model, String region, Share share) {
    return List.of(
        model,
        region,
        Figures.count(share.mass().n()),
        Figures.percents(share.mass()),
        Figures.percent(share.area()),
        Figures.percents(share.hits()),
        Figures.percent(share.chance()));
  }
}
