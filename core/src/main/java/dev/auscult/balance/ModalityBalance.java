package dev.auscult.balance;

import dev.auscult.metric.Estimate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The modality balance of one model over a data set.
 *
 * @param n samples whose balance is defined
 * @param undefined samples whose contributions are all 0
 * @param tscore mean TScore, interval by bootstrap over patients
 * @param balanced01 share of the samples with {@code |delta| < 0.1}, 0 to 1
 * @param balanced02 share of the samples with {@code |delta| < 0.2}, 0 to 1
 * @param level similarity of image and text
 * @param accuracy share of correct answers, 0 to 1; empty where nothing is answered
 * @param modalities means of the game of two players
 * @param cost what the audit spent
 */
public record ModalityBalance(
    int n,
    int undefined,
    Estimate tscore,
    double balanced01,
    double balanced02,
    AlignmentLevel level,
    OptionalDouble accuracy,
    ModalityMeans modalities,
    Cost cost) {

  /**
   * Mean Shapley values of the game of two players.
   *
   * @param text mean Shapley value of the whole text
   * @param image mean Shapley value of the whole image
   * @param synergy mean of what both give together beyond what each gives alone
   */
  public record ModalityMeans(double text, double image, double synergy) {}

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
    json.put("balanced_0_1", number(balanced01));
    json.put("balanced_0_2", number(balanced02));
    Map<String, @Nullable Object> norm = new LinkedHashMap<>();
    norm.put("kind", level.kind().label());
    norm.put("mean", number(level.mean()));
    norm.put("sd", number(level.sd()));
    json.put("l_norm", norm);
    accuracy.ifPresent(value -> json.put("accuracy", number(value)));
    Map<String, @Nullable Object> shapley = new LinkedHashMap<>();
    shapley.put("text", number(modalities.text()));
    shapley.put("image", number(modalities.image()));
    shapley.put("synergy", number(modalities.synergy()));
    json.put("modality_shapley", shapley);
    json.put("encoder_passes", cost.encoderPasses());
    json.put("seconds", number(cost.seconds()));
    return json;
  }

  private static Map<String, @Nullable Object> interval(Estimate estimate) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("mean", number(estimate.value()));
    json.put("sd", number(estimate.sd()));
    json.put("lo", number(estimate.lo()));
    json.put("hi", number(estimate.hi()));
    return json;
  }

  private static @Nullable Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
