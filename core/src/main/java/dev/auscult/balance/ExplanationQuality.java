package dev.auscult.balance;

import dev.auscult.metric.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a model's explanations can be trusted, over the samples of an audit. Intervals are
 * bootstrapped (BCa) by patient.
 *
 * @param n samples examined
 * @param deletion how the score falls when players are deleted by their contributions
 * @param surrogate how well the contributions, added up, predict the score of fresh coalitions
 * @param seeds how far another seed gives the same contributions
 * @param swaps how far contributions remain beside another text or another image
 * @param shuffled what contributions have in common with those of the model with shuffled layers,
 *     by ascending depth; empty where that was not asked for
 * @param encoderPasses spent on this
 */
public record ExplanationQuality(
    int n,
    Deleted deletion,
    Surrogate surrogate,
    Seeds seeds,
    Swaps swaps,
    List<Shuffled> shuffled,
    long encoderPasses) {

  /** Copies the list. */
  public ExplanationQuality {
    shuffled = List.copyOf(shuffled);
  }

  /**
   * A figure over the samples where it is defined.
   *
   * @param mean with its interval
   * @param median of the samples
   */
  public record Figure(Estimate mean, double median) {

    private Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("mean", ModalityBalance.number(mean.value()));
      json.put("lo", ModalityBalance.number(mean.lo()));
      json.put("hi", ModalityBalance.number(mean.hi()));
      json.put("median", ModalityBalance.number(median));
      json.put("n", mean.n());
      return json;
    }
  }

  /**
   * Mean deletion curves, 1 with everybody present and 0 with nobody. Samples are weighted by
   * {@code |f(full) - f(empty)|}: where that is small, a single sample's curves are arbitrarily
   * steep.
   *
   * @param removed the share of the players that is gone
   * @param mostFirst when the strongest supporters of the score go first
   * @param leastFirst when the weakest go first
   * @param area between the two
   */
  public record Deleted(
      List<Double> removed, List<Double> mostFirst, List<Double> leastFirst, Figure area) {
    /** Copies the lists. */
    public Deleted {
      removed = List.copyOf(removed);
      mostFirst = List.copyOf(mostFirst);
      leastFirst = List.copyOf(leastFirst);
    }

    private Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("removed", removed);
      json.put("most_first", mostFirst.stream().map(ModalityBalance::number).toList());
      json.put("least_first", leastFirst.stream().map(ModalityBalance::number).toList());
      return json;
    }
  }

  /**
   * The additive surrogate.
   *
   * @param r2 coefficient of determination
   * @param spearman rank correlation
   */
  public record Surrogate(Figure r2, Figure spearman) {}

  /**
   * Agreement between seeds.
   *
   * @param repeats estimates of each explanation that were compared, the audit's own counted
   * @param all rank correlation of the contributions of all players
   * @param image of the image's
   * @param text of the text's
   * @param deltaSd root mean square over samples of delta's standard deviation over the seeds
   * @param deltaSe root mean square over samples of the standard errors that the audit gave delta
   */
  public record Seeds(
      int repeats, Figure all, Figure image, Figure text, double deltaSd, double deltaSe) {

    private Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("repeats", repeats);
      json.put("all", all.toJson());
      json.put("image", image.toJson());
      json.put("text", text.toJson());
      json.put("delta_sd", ModalityBalance.number(deltaSd));
      json.put("delta_se", ModalityBalance.number(deltaSe));
      return json;
    }
  }

  /**
   * Rank correlation with contributions that should differ.
   *
   * @param imageUnderOtherText the image's contributions beside another sample's text
   * @param textUnderOtherImage the text's contributions beside another sample's image
   */
  public record Swaps(Figure imageUnderOtherText, Figure textUnderOtherImage) {

    private Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("image_under_other_text", imageUnderOtherText.toJson());
      json.put("text_under_other_image", textUnderOtherImage.toJson());
      return json;
    }
  }

  /**
   * Rank correlation with the contributions under the model with its outermost layers shuffled.
   *
   * @param depth how many layers of each encoder
   * @param layers what the last of them are called
   * @param all of all players
   * @param image of the image's
   * @param text of the text's
   */
  public record Shuffled(int depth, String layers, Figure all, Figure image, Figure text) {

    private Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("depth", depth);
      json.put("layers", layers);
      json.put("all", all.toJson());
      json.put("image", image.toJson());
      json.put("text", text.toJson());
      return json;
    }
  }

  /** The result under the keys that scripts rely on; undefined figures are null. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("n", n);
    json.put("deletion_area", deletion.area().toJson());
    json.put("deletion_curves", deletion.toJson());
    json.put("surrogate_r2", surrogate.r2().toJson());
    json.put("surrogate_spearman", surrogate.spearman().toJson());
    json.put("seed_spearman", seeds.toJson());
    json.put("swapped_spearman", swaps.toJson());
    if (!shuffled.isEmpty()) {
      json.put("shuffled_layers_spearman", shuffled.stream().map(Shuffled::toJson).toList());
    }
    json.put("encoder_passes", encoderPasses);
    return json;
  }
}
