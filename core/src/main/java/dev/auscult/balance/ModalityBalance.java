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
 * @param accuracy share of right selections, 0 to 1: correct answers (VQA), classes (CLASS), own
 *     texts (RETRIEVAL, recall at 1), captions above their foils (FOIL); empty where nothing is
 *     selected
 * @param modalities means of the game of two players
 * @param cost what the audit spent
 * @param parts figures of parts of the samples
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
    Cost cost,
    Parts parts) {

  /** A balance without figures of parts. */
  public ModalityBalance(
      int n,
      int undefined,
      Estimate tscore,
      Estimate balanced01,
      Estimate balanced02,
      List<AlignmentLevel> levels,
      Optional<Estimate> accuracy,
      ModalityMeans modalities,
      Cost cost) {
    this(
        n,
        undefined,
        tscore,
        balanced01,
        balanced02,
        levels,
        accuracy,
        modalities,
        cost,
        new Parts(Optional.empty(), Optional.empty(), Optional.empty()));
  }

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

  /**
   * Figures of parts of the samples; empty where the task has no such part.
   *
   * @param closed accuracy on questions that yes or no answers
   * @param open accuracy on the other questions
   * @param foils the balance of the foils
   */
  public record Parts(Optional<Estimate> closed, Optional<Estimate> open, Optional<Foils> foils) {}

  /**
   * The balance of images with their foils.
   *
   * @param n foils whose balance is defined
   * @param undefined foils whose contributions are all 0
   * @param tscore mean TScore
   */
  public record Foils(int n, int undefined, Estimate tscore) {

    /** Mean {@code TScore - IScore}. */
    public Estimate delta() {
      return tscore.affine(2, -1);
    }

    private Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("n", n);
      json.put("undefined", undefined);
      json.put("tscore", interval(tscore));
      json.put("iscore", interval(tscore.affine(-1, 1)));
      json.put("delta", interval(delta()));
      return json;
    }
  }

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
    putParts(json);
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

  private void putParts(Map<String, @Nullable Object> json) {
    parts.closed().ifPresent(value -> json.put("accuracy_closed", counted(value)));
    parts.open().ifPresent(value -> json.put("accuracy_open", counted(value)));
    parts
        .foils()
        .ifPresent(
            foils -> {
              accuracy.ifPresent(value -> json.put("pairwise_accuracy", counted(value)));
              json.put("foils", foils.toJson());
            });
  }

  static Map<String, @Nullable Object> counted(Estimate estimate) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("value", number(estimate.value()));
    json.putAll(ends(estimate));
    json.put("n", estimate.n());
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
