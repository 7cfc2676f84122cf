package dev.auscult.balance;

import dev.auscult.base.Progress;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.ResampledFigures;
import dev.auscult.metric.TestedDifference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The modality balance of one group of samples. Intervals are bootstrapped (BCa) by patient.
 *
 * @param value the group
 * @param n samples whose balance is defined
 * @param undefined samples whose contributions are all 0
 * @param patients whom the former belong to
 * @param tscore mean TScore
 * @param accuracy share of right selections; empty where nothing is selected
 * @param difference mean delta minus that of the samples outside of the group; empty where the
 *     group or the rest is too small to be compared
 */
public record GroupBalance(
    String value,
    int n,
    int undefined,
    int patients,
    Estimate tscore,
    Optional<Estimate> accuracy,
    Optional<TestedDifference> difference) {

  /**
   * The groups of an audit's samples, in the order of their names.
   *
   * @param samples of one model under one preset, without foils
   * @param group of a sample by its id; empty where it is not known
   * @param minimum patients from which on a group is compared
   */
  public static List<GroupBalance> of(
      List<AuditedSample> samples,
      Function<String, Optional<String>> group,
      int minimum,
      Bootstrap bootstrap) {
    Map<String, List<AuditedSample>> members = new TreeMap<>();
    for (AuditedSample sample : samples) {
      group
          .apply(sample.figures().id())
          .ifPresent(name -> members.computeIfAbsent(name, n -> new ArrayList<>()).add(sample));
    }
    List<AuditedSample> all = defined(samples);
    List<GroupBalance> groups = new ArrayList<>();
    members.forEach(
        (name, own) ->
            groups.add(
                group(
                    name,
                    own,
                    all,
                    minimum,
                    new Bootstrap(
                        bootstrap.kind(),
                        bootstrap.resamples(),
                        bootstrap.level(),
                        bootstrap.seed().derive(name)))));
    return groups;
  }

  private static GroupBalance group(
      String name,
      List<AuditedSample> own,
      List<AuditedSample> all,
      int minimum,
      Bootstrap bootstrap) {
    List<AuditedSample> defined = defined(own);
    int patients = clusters(defined).count();
    List<AuditedSample> judged =
        own.stream().filter(sample -> sample.figures().correct().isPresent()).toList();
    boolean compared = patients >= minimum && defined.size() < all.size();
    return new GroupBalance(
        name,
        defined.size(),
        own.size() - defined.size(),
        patients,
        bootstrap.mean(
            defined.stream().mapToDouble(GroupBalance::tscore).toArray(), clusters(defined)),
        judged.isEmpty()
            ? Optional.empty()
            : Optional.of(
                bootstrap.share(
                    judged.stream()
                        .mapToDouble(one -> one.figures().correct().orElse(false) ? 1 : 0)
                        .toArray(),
                    clusters(judged))),
        compared ? Optional.of(difference(defined, all, bootstrap)) : Optional.empty());
  }

  private static List<AuditedSample> defined(List<AuditedSample> samples) {
    return samples.stream().filter(sample -> sample.figures().tscore().isPresent()).toList();
  }

  private static double tscore(AuditedSample sample) {
    return sample.figures().tscore().orElse(Double.NaN);
  }

  private static Clusters clusters(List<AuditedSample> samples) {
    return Clusters.of(samples.stream().map(AuditedSample::cluster).toList());
  }

  /** Mean delta of the group minus that of all others, whose patients may be the same. */
  private static TestedDifference difference(
      List<AuditedSample> own, List<AuditedSample> all, Bootstrap bootstrap) {
    Map<String, Integer> patients = new HashMap<>();
    all.forEach(sample -> patients.putIfAbsent(sample.cluster(), patients.size()));
    Map<String, AuditedSample> inside = new HashMap<>();
    own.forEach(sample -> inside.put(sample.figures().id(), sample));
    int outside =
        clusters(all.stream().filter(sample -> !inside.containsKey(sample.figures().id())).toList())
            .count();
    ResampledFigures means =
        ResampledFigures.of(
            bootstrap,
            patients.size(),
            1,
            Progress.NONE,
            weights -> {
              double[] sums = new double[2];
              double[] counts = new double[2];
              for (AuditedSample sample : all) {
                int side = inside.containsKey(sample.figures().id()) ? 0 : 1;
                int weight = weights.of(patients.getOrDefault(sample.cluster(), 0));
                sums[side] += weight * (2 * tscore(sample) - 1);
                counts[side] += weight;
              }
              return new double[] {sums[0] / counts[0], sums[1] / counts[1]};
            });
    return TestedDifference.of(
        means, sides -> sides[0] - sides[1], own.size(), Math.min(clusters(own).count(), outside));
  }

  /** Mean {@code TScore - IScore}. */
  public Estimate delta() {
    return tscore.affine(2, -1);
  }

  /** The same with its test corrected for those that are made beside it. */
  public GroupBalance with(TestedDifference corrected) {
    return new GroupBalance(
        value, n, undefined, patients, tscore, accuracy, Optional.of(corrected));
  }

  /** The group as scripts read it. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("n", n);
    json.put("undefined", undefined);
    json.put("patients", patients);
    json.put("compared", difference.isPresent());
    json.put("tscore", ModalityBalance.interval(tscore));
    json.put("iscore", ModalityBalance.interval(tscore.affine(-1, 1)));
    json.put("delta", ModalityBalance.interval(delta()));
    accuracy.ifPresent(found -> json.put("accuracy", ModalityBalance.counted(found)));
    difference.ifPresent(
        found -> {
          Map<String, @Nullable Object> tested =
              new LinkedHashMap<>(ModalityBalance.counted(found.difference()));
          tested.put("p", found.p());
          tested.put("p_holm", found.adjusted());
          json.put("delta_difference_to_rest", tested);
        });
    return json;
  }
}
