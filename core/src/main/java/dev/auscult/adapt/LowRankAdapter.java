package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.data.LabelMode;
import dev.auscult.model.AttentionSite;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Linear;
import dev.auscult.model.LowRank;
import dev.auscult.model.Parameters;
import dev.auscult.model.Towers;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Tensor;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Low-rank updates of the maps to queries, keys and values in both encoders (CLIP-LoRA, Zanella
 * 2024). Images and texts are both embedded differently; the weights on disk stay as they are.
 *
 * @param updates by site, e.g. {@code image.3.query}
 * @param scale factor of every update
 */
public record LowRankAdapter(Map<String, Update> updates, double scale) implements EncoderAdapter {

  /**
   * The update {@code B A} of one map.
   *
   * @param down {@code [r, in]}, A
   * @param up {@code [out, r]}, B
   */
  public record Update(FloatMatrix down, FloatMatrix up) {
    /** Checks that the two fit. */
    public Update {
      if (down.rows() != up.columns() || down.rows() < 1) {
        throw new IllegalArgumentException(
            "A [%d, %d], B [%d, %d]"
                .formatted(down.rows(), down.columns(), up.rows(), up.columns()));
      }
    }
  }

  /** Copies the map. */
  public LowRankAdapter {
    updates = Collections.unmodifiableMap(new LinkedHashMap<>(updates));
  }

  /**
   * Scores of images.
   *
   * @param images as the changed model embeds them
   * @param texts as it embeds them
   */
  @Override
  public FloatMatrix scores(
      FloatMatrix images, ClassTexts texts, LabelMode mode, double logitScale) {
    return TextScores.of(
        images, texts.vectors(PromptUse.CANONICAL), texts.none(), mode, logitScale);
  }

  @Override
  public DualEncoder on(DualEncoder model) {
    Towers towers = towers(model);
    Map<String, Tensor> merged = new HashMap<>();
    try {
      Towers changed =
          AttentionSite.replace(
              towers,
              (site, map) -> {
                Tensor weight = Tensor.unscoped(() -> merged(site, map));
                merged.put(site.name(), weight);
                return new Linear(weight, map.bias());
              });
      return model.with(changed, new Parameters(merged));
    } catch (IllegalArgumentException e) {
      merged.values().forEach(Tensor::close);
      throw refusal(model, String.valueOf(e.getMessage()), e);
    }
  }

  private Tensor merged(AttentionSite site, Linear map) {
    Update update = updates.get(site.name());
    if (update == null
        || update.down().columns() != map.weight().size(1)
        || update.up().rows() != map.weight().size(0)) {
      throw new IllegalArgumentException("no update that fits " + site.name());
    }
    Tensor down = Tensor.of(update.down());
    Tensor up = Tensor.of(update.up());
    return new LowRank(map, down, up, scale, UnaryOperator.identity()).merged();
  }

  /** The networks, if they can be changed. */
  private static Towers towers(DualEncoder model) {
    return model
        .towers()
        .orElseThrow(() -> refusal(model, "weights that another engine holds", null));
  }

  /** Why a model's attention cannot be changed. */
  static InputException refusal(DualEncoder model, String found, @Nullable Throwable cause) {
    return new InputException(
        "model " + model.identity().name(),
        found,
        "transformers of images and texts, with the maps that the adapter changes",
        "name another model, or use another method, such as scale",
        cause);
  }
}
