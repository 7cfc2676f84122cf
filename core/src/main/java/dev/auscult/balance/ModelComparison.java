package dev.auscult.balance;

import dev.auscult.base.Seed;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Holm;
import dev.auscult.metric.PairedDifference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a figure differs between two models on the same samples.
 *
 * @param figure what is compared
 * @param first a model
 * @param second another
 * @param paired mean of first minus second over the samples where both are defined
 * @param pHolm the p-value corrected for all pairs of models of this figure (Holm)
 */
public record ModelComparison(
    Figure figure, String first, String second, PairedDifference paired, double pHolm) {

  /** What is compared. */
  public enum Figure {
    /** {@code TScore - IScore}. */
    DELTA("delta"),
    /** Whether {@code |delta| < 0.1}. */
    BALANCED_0_1("balanced_0_1"),
    /** Whether {@code |delta| < 0.2}. */
    BALANCED_0_2("balanced_0_2"),
    /** Whether the answer was right. */
    ACCURACY("accuracy");

    private final String label;

    Figure(String label) {
      this.label = label;
    }

    /** As results name it. */
    public String label() {
      return label;
    }

    /** The figure of a sample; empty where it is undefined. */
    Optional<Double> of(SampleFigures sample) {
      Optional<Double> delta = sample.tscore().map(tscore -> 2 * tscore - 1);
      return switch (this) {
        case DELTA -> delta;
        case BALANCED_0_1 -> delta.map(d -> Math.abs(d) < 0.1 ? 1.0 : 0.0);
        case BALANCED_0_2 -> delta.map(d -> Math.abs(d) < 0.2 ? 1.0 : 0.0);
        case ACCURACY -> sample.correct().map(correct -> correct ? 1.0 : 0.0);
      };
    }
  }

  /**
   * Compares every pair of models in every figure that both have.
   *
   * @param models the samples of each model by its name, in the order of the command
   * @param seed of the resampling
   */
  public static List<ModelComparison> all(Map<String, List<AuditedSample>> models, Seed seed) {
    List<ModelComparison> all = new ArrayList<>();
    for (Figure figure : Figure.values()) {
      all.addAll(corrected(pairs(figure, models, seed.derive("comparisons"))));
    }
    return all;
  }

  private static List<ModelComparison> pairs(
      Figure figure, Map<String, List<AuditedSample>> models, Seed seed) {
    List<String> names = List.copyOf(models.keySet());
    List<ModelComparison> pairs = new ArrayList<>();
    for (int a = 0; a < names.size(); a++) {
      for (int b = a + 1; b < names.size(); b++) {
        String first = names.get(a);
        String second = names.get(b);
        PairedDifference paired =
            paired(
                figure,
                models.getOrDefault(first, List.of()),
                models.getOrDefault(second, List.of()),
                seed);
        if (paired.difference().n() > 0) {
          pairs.add(new ModelComparison(figure, first, second, paired, paired.p()));
        }
      }
    }
    return pairs;
  }

  private static PairedDifference paired(
      Figure figure, List<AuditedSample> first, List<AuditedSample> second, Seed seed) {
    Map<String, Double> others = new HashMap<>();
    second.forEach(
        sample ->
            figure
                .of(sample.figures())
                .ifPresent(value -> others.put(sample.figures().id(), value)));
    List<Double> a = new ArrayList<>();
    List<Double> b = new ArrayList<>();
    List<String> clusters = new ArrayList<>();
    for (AuditedSample sample : first) {
      Optional<Double> value = figure.of(sample.figures());
      Double other = others.get(sample.figures().id());
      if (value.isPresent() && other != null) {
        a.add(value.get());
        b.add(other);
        clusters.add(sample.cluster());
      }
    }
    return PairedDifference.of(
        array(a), array(b), Clusters.of(clusters), Bootstrap.bca(seed.derive(figure.label())));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<ModelComparison> corrected(List<ModelComparison> pairs) {
    List<Double> holm = Holm.adjusted(pairs.stream().map(pair -> pair.paired().p()).toList());
    List<ModelComparison> corrected = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      ModelComparison pair = pairs.get(i);
      corrected.add(
          new ModelComparison(
              pair.figure(), pair.first(), pair.second(), pair.paired(), holm.get(i)));
    }
    return corrected;
  }

  /** The comparison under the keys that scripts rely on; undefined figures are null. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("figure", figure.label());
    json.put("first", first);
    json.put("second", second);
    json.put("n", paired.difference().n());
    json.put("difference", ModalityBalance.interval(paired.difference()));
    json.put("p", ModalityBalance.number(paired.p()));
    json.put("p_holm", ModalityBalance.number(pHolm));
    return json;
  }
}
