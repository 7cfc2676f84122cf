package dev.auscult.cli;

import dev.auscult.balance.AttributionsFile;
import dev.auscult.balance.SampleBalance;
import dev.auscult.data.Dataset;
import dev.auscult.data.ImageSource;
import dev.auscult.data.Sample;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.RgbImage;
import dev.auscult.metric.Moments;
import dev.auscult.report.KnownRegion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How much of a model's contributions lies where something is known to be. */
final class RegionShares {
  private final Map<String, Sample> samples;
  private final String region;
  private final Map<String, List<Double>> masses = new HashMap<>();
  private final Map<String, List<Double>> areas = new HashMap<>();

  private RegionShares(Map<String, Sample> samples, String region) {
    this.samples = samples;
    this.region = region;
  }

  /**
   * A region's mean share over the samples that have it.
   *
   * @param mass of the absolute contributions of the patches, 0 to 1
   * @param area of the image, 0 to 1: the mass that contributions spread evenly would have
   */
  record Share(double mass, double area) {}

  /**
   * Reads the rows of an audit.
   *
   * @param transforms every model's preprocessing, by name
   * @param region {@code lesion} or {@code overlay}
   */
  static RegionShares read(
      Path attributions, Dataset dataset, Map<String, ImageTransform> transforms, String region)
      throws IOException {
    RegionShares shares =
        new RegionShares(
            dataset.samples().stream().collect(Collectors.toMap(Sample::id, Function.identity())),
            region);
    AttributionsFile.forEach(
        attributions,
        line -> {
          ImageTransform transform = transforms.get(line.model());
          if (transform != null) {
            shares.take(line.model(), line.balance(), transform);
          }
        });
    return shares;
  }

  private void take(String model, SampleBalance balance, ImageTransform transform) {
    Sample sample = samples.get(balance.id());
    ImageSource drawn = sample == null ? null : sample.regions().get(region);
    if (drawn == null || balance.image().magnitude() == 0) {
      return;
    }
    RgbImage mask = transform.resizeAndCrop(drawn.read());
    masses
        .computeIfAbsent(model, name -> new ArrayList<>())
        .add(KnownRegion.mass(balance.image(), mask));
    areas.computeIfAbsent(model, name -> new ArrayList<>()).add(KnownRegion.area(mask));
  }

  /** The share under a model; {@code NaN} if no sample has the region. */
  Share of(String model) {
    return new Share(mean(masses, model), mean(areas, model));
  }

  private static double mean(Map<String, List<Double>> values, String model) {
    return Moments.mean(
        values.getOrDefault(model, List.of()).stream().mapToDouble(Double::doubleValue).toArray());
  }
}
