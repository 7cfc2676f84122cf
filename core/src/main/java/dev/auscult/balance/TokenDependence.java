package dev.auscult.balance;

import dev.auscult.base.Seed;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.RankCorrelation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How far IScore follows the length of the text rather than what it says. */
public final class TokenDependence {
  private TokenDependence() {}

  /**
   * Spearman's correlation between the number of text players and IScore over the samples where it
   * is defined, with its interval by patient.
   *
   * @param tokens the number of text players of each sample, by id
   */
  public static Estimate of(List<AuditedSample> samples, Map<String, Integer> tokens, Seed seed) {
    List<AuditedSample> defined =
        samples.stream()
            .filter(sample -> sample.figures().tscore().isPresent())
            .filter(sample -> tokens.containsKey(sample.figures().id()))
            .toList();
    double[] iscores =
        defined.stream().mapToDouble(s -> 1 - s.figures().tscore().orElseThrow()).toArray();
    double[] lengths =
        defined.stream().mapToDouble(s -> tokens.getOrDefault(s.figures().id(), 0)).toArray();
    Clusters clusters = Clusters.of(defined.stream().map(AuditedSample::cluster).toList());
    return Bootstrap.bca(seed.derive("token dependence"))
        .of(
            clusters,
            chosen -> RankCorrelation.spearman(pick(lengths, chosen), pick(iscores, chosen)));
  }

  private static double[] pick(double[] values, int[] chosen) {
    return Arrays.stream(chosen).mapToDouble(i -> values[i]).toArray();
  }
}
