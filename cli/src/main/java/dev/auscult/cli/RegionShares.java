package dev.auscult.cli;

import dev.auscult.balance.AttributionLine;
import dev.auscult.balance.AttributionsFile;
import dev.auscult.balance.ImageContributions;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.Sample;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.RgbImage;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Moments;
import dev.auscult.report.KnownRegion;
import dev.auscult.report.RegionFindings;
import dev.auscult.report.RegionFindings.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** How much of models' contributions lies where something is known to be. */
final class RegionShares {
  private final Map<String, Sample> samples;
  private final Map<String, ImageTransform> transforms;
  private final Map<String, Map<String, List<OfSample>>> found = new LinkedHashMap<>();

  private RegionShares(Dataset dataset, Map<String, ImageTransform> transforms) {
    this.samples =
        dataset.samples().stream()
            .filter(sample -> !sample.regions().isEmpty())
            .collect(Collectors.toMap(Sample::id, Function.identity()));
    this.transforms = transforms;
  }

  /** A region of one sample under one model. */
  private record OfSample(String cluster, double mass, double area, double hit, double chance) {

    static OfSample of(Sample sample, ImageContributions patches, RgbImage mask) {
      return new OfSample(
          sample.patient().orElse("sample " + sample.id()),
          KnownRegion.mass(patches, mask),
          KnownRegion.area(mask),
          KnownRegion.pointedAt(patches, mask) ? 1 : 0,
          KnownRegion.touched(patches, mask));
    }
  }

  /**
   * Reads the rows of an audit. Samples whose patches contribute nothing, and regions that lie
   * outside a model's view, are left out.
   *
   * @param transforms every model's preprocessing, by the model's name
   * @param naming what the report calls a line's model and preset
   * @param seed of the intervals
   */
  static RegionFindings read(
      Path attributions,
      Dataset dataset,
      Map<String, ImageTransform> transforms,
      Function<AttributionLine, String> naming,
      Seed seed)
      throws IOException {
    RegionShares shares = new RegionShares(dataset, transforms);
    if (!shares.samples.isEmpty()) {
      AttributionsFile.forEach(attributions, line -> shares.take(line, naming.apply(line)));
    }
    return shares.findings(Bootstrap.bca(seed.derive("known regions")));
  }

  private void take(AttributionLine line, String name) {
    Sample sample = samples.get(line.balance().id());
    ImageTransform transform = transforms.get(line.model());
    ImageContributions patches = line.balance().image();
    if (sample == null || transform == null || patches.magnitude() == 0) {
      return;
    }
    sample
        .regions()
        .forEach(
            (region, drawn) -> {
              OfSample one = OfSample.of(sample, patches, transform.resizeAndCrop(drawn.read()));
              if (one.area() > 0) {
                found
                    .computeIfAbsent(name, n -> new TreeMap<>())
                    .computeIfAbsent(region, r -> new ArrayList<>())
                    .add(one);
              }
            });
  }

  private RegionFindings findings(Bootstrap bootstrap) {
    Map<String, Map<String, Share>> models = new LinkedHashMap<>();
    found.forEach(
        (model, regions) -> {
          Map<String, Share> shares = new TreeMap<>();
          regions.forEach((region, list) -> shares.put(region, share(list, bootstrap)));
          models.put(model, shares);
        });
    return new RegionFindings(models);
  }

  private static Share share(List<OfSample> list, Bootstrap bootstrap) {
    Clusters clusters = Clusters.of(list.stream().map(OfSample::cluster).toList());
    return new Share(
        bootstrap.mean(values(list, OfSample::mass), clusters),
        Moments.mean(values(list, OfSample::area)),
        bootstrap.mean(values(list, one -> one.mass() - one.area()), clusters),
        bootstrap.share(values(list, OfSample::hit), clusters),
        Moments.mean(values(list, OfSample::chance)));
  }

  private static double[] values(List<OfSample> list, ToDoubleFunction<OfSample> of) {
    return list.stream().mapToDouble(of).toArray();
  }
}
