package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.data.ImageSource;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.ImageItem;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Towers;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Lanes;
import java.util.List;
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

  /** Images that a lane embeds in turn. */
  private static final int MOST_AT_ONCE = 32;

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
   * What the model with low-rank updates makes of samples, whose images are embedded again; the
   * same to the last bit for any number of threads.
   *
   * @throws InputException if an image cannot be read any more
   */
  FloatMatrix scores(LowRankAdapter adapter, AdaptationTask task, LabelledFeatures samples) {
    List<ImageItem> items = samples.ids().stream().map(this::item).toList();
    Compute alone = new Compute(1, compute.dtype(), compute.seed());
    int parts = (items.size() + MOST_AT_ONCE - 1) / MOST_AT_ONCE;
    try (DualEncoder changed = adapter.on(model);
        Lanes lanes = Lanes.open(compute.threads())) {
      Embedder embedder = new Embedder(changed, alone, EmbeddingCache.none());
      List<FloatMatrix> images =
          lanes.map(
              parts,
              part -> {
                int from = part * MOST_AT_ONCE;
                int to = Math.min(items.size(), from + MOST_AT_ONCE);
                return images(embedder, items.subList(from, to));
              });
      ClassTexts texts = prompts.embed(embedder, Progress.NONE);
      return adapter.scores(
          images.stream()
              .reduce(new FloatMatrix(0, changed.dimension(), new float[0]), FloatMatrix::append),
          texts,
          task.mode(),
          task.logitScale());
    }
  }

  private static FloatMatrix images(Embedder embedder, List<ImageItem> items) {
    EmbeddingRun run = embedder.images(items, Progress.NONE);
    if (!run.skipped().isEmpty()) {
      throw new InputException(
          "the image of sample " + run.skipped().get(0).id(),
          run.skipped().get(0).reason(),
          "the image that could be read before",
          "restore it and give the same command again");
    }
    return run.embeddings().vectors();
  }

  private ImageItem item(String id) {
    return new ImageItem(id, image(id));
  }

  /**
   * The image of a sample.
   *
   * @throws InputException if there is none
   */
  ImageSource image(String id) {
    ImageSource image = images.get(id);
    if (image == null) {
      throw new InputException(
          "the image of sample " + id,
          "an embedding without it",
          "the image itself, through which the method trains",
          "name the data, or use a method of embeddings such as scale");
    }
    return image;
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
