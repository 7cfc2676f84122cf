package dev.auscult.balance;

import dev.auscult.metric.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The modality balance of one model over a data set. Intervals are bootstrapped (BCa) by patient.
 *
 * @param n samples whose balance is defined
 * @param undefined samples whose contributions are all 0
 * @param tscore mean TScore
 * @param balanced01 share of the samples with {@code |delta| < 0.1}, 0 to 1
 * @param balanced02 share of the samples with {@code |delta| < 0.2}, 0 to 1
 * @param levels similarity of image and text in every kind, the one asked for first
 * @param accuracy share of correct answers, 0 to 1; empty where nothing is answered
 * @param modalities means of the game of two players
 * @param cost what the audit spent
 */
public record ModalityBalance(
    int n,
    int undefined,
    Estimate tscore,
    Estimate balanced01,
    Estimate balanced02,
    List<AlignmentLevel> levels,
    Optional<Estimate> accuracy,
    ModalityMeans modalities,
    Cost cost) {

  /** Copies the list. */
  public ModalityBalance {
    levels = List.copyOf(levels);
  }

  /** The similarity of image and text in the kind asked for. */
  public AlignmentLevel level() {
    return levels.get(0);
  }

  /**
   * Mean Shapley values of the game of two players.
   *
   * @param text mean Shapley value of the whole text
   * @param image mean Shapley value of the whole image
   * @param synergy mean of what both give together beyond what each gives alone
   */
  public record ModalityMeans(Estimate text, Estimate image, Estimate synergy) {}

  /**
   * What an audit spent.
   *
   * @param encoderPasses images and texts encoded
   * @param seconds wall time of this run
   */
  public record Cost(long encoderPasses, double seconds) {}

  /** Mean IScore. */
  public Estimate iscore() {
    return tscore.affine(-1, 1);
  }

  /** Mean {@code TScore - IScore}. */
  public Estimate delta() {
    return tscore.affine(2, -1);
  }

  /** The result under the keys that scripts rely on; undefined figures are null. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("n", n);
    json.put("undefined", undefined);
    json.put("tscore", interval(tscore));
    json.put("iscore", interval(iscore()));
    json.put("delta", interval(delta()));
    json.put("balanced_0_1", number(balanced01.value()));
    json.put("balanced_0_2", number(balanced02.value()));
    json.put("l_norm", level(level()));
    json.put("l_norm_kinds", levels.stream().map(ModalityBalance::level).toList());
    accuracy.ifPresent(value -> json.put("accuracy", number(value.value())));
    Map<String, @Nullable Object> shapley = new LinkedHashMap<>();
    shapley.put("text", number(modalities.text().value()));
    shapley.put("image", number(modalities.image().value()));
    shapley.put("synergy", number(modalities.synergy().value()));
    json.put("modality_shapley", shapley);
    json.put("intervals", intervals());
    json.put("encoder_passes", cost.encoderPasses());
    json.put("seconds", number(cost.seconds()));
    return json;
  }

  private static Map<String, @Nullable Object> level(AlignmentLevel level) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", level.kind().label());
    json.putAll(interval(level.estimate()));
    return json;
  }

  /** The ends of the intervals of the figures that are single numbers above. */
  private Map<String, @Nullable Object> intervals() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("balanced_0_1", ends(balanced01));
    json.put("balanced_0_2", ends(balanced02));
    accuracy.ifPresent(value -> json.put("accuracy", ends(value)));
    json.put("text", ends(modalities.text()));
    json.put("image", ends(modalities.image()));
    json.put("synergy", ends(modalities.synergy()));
    return json;
  }

  private static Map<String, @Nullable Object> ends(Estimate estimate) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("lo", number(estimate.lo()));
    json.put("hi", number(estimate.hi()));
    return json;
  }

  static Map<String, @Nullable Object> interval(Estimate estimate) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("mean", number(estimate.value()));
    json.put("sd", number(estimate.sd()));
    json.put("lo", number(estimate.lo()));
    json.put("hi", number(estimate.hi()));
    return json;
  }

  static @Nullable Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
