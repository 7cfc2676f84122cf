package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.data.ImageSource;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Towers;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import java.util.Map;

/**
 * The model that a task's embeddings come from, for methods that train through it.
 *
 * @param model stays the caller's
 * @param compute how it computes
 * @param prompts of the task's labels
 * @param images of all samples, by id
 */
public record TaskEncoder(
    DualEncoder model, Compute compute, ClassPrompts prompts, Map<String, ImageSource> images) {

  /** Copies the map. */
  public TaskEncoder {
    images = Map.copyOf(images);
  }

  /**
   * The encoder of a task.
   *
   * @throws InputException if there is none, as where embeddings were read from a file
   */
  static TaskEncoder of(AdaptationTask task, AdaptationMethod method) {
    return task.encoder()
        .orElseThrow(
            () ->
                new InputException(
                    "--method " + method.term(),
                    "embeddings without their model",
                    "the model, through which it trains",
                    "name the model, or use another method"));
  }

  /**
   * The networks, in single precision.
   *
   * @throws InputException if another engine or another precision computes
   */
  Towers towers(AdaptationMethod method) {
    if (compute.dtype() != DType.FLOAT32) {
      throw new InputException(
          "--dtype bf16",
          "training by " + method.title(),
          "fp32: gradients are lost in rounding otherwise",
          "train with --dtype fp32; the adapter then also works with bf16");
    }
    return model
        .towers()
        .orElseThrow(
            () ->
                new InputException(
                    "model " + model.identity().name(),
                    model.identity().family() + ", which another engine computes",
                    "a model whose weights are at hand: " + method.title() + " trains through it",
                    "name the original checkpoint, or use a method of embeddings such as scale"));
  }
}
