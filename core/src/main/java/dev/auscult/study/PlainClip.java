package dev.auscult.study;

import dev.auscult.adapt.EmbeddingAdapter;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.data.Sample;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.ImageItem;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A second model that is shown beside as it is: what the pre-training of the first is worth.
 *
 * @param embedder of the model
 * @param logitScale its factor on the cosine
 */
public record PlainClip(Embedder embedder, double logitScale) {

  /** What the model makes of the test samples of a task, {@code [n, combinations]}. */
  FloatMatrix scores(StudyTask task, List<Sample> samples, Progress progress) {
    Map<String, Sample> byId =
        samples.stream().collect(Collectors.toMap(Sample::id, Function.identity()));
    List<ImageItem> items =
        task.tested().ids().stream()
            .map(id -> ImageItem.of(Objects.requireNonNull(byId.get(id), id)))
            .toList();
    EmbeddingRun run = embedder.images(items, progress);
    if (!run.skipped().isEmpty()) {
      throw new InputException(
          "plain_clip",
          run.skipped().size() + " test images that it cannot read",
          "a model that reads the same images as the other",
          "name another model, or leave plain_clip out");
    }
    return EmbeddingAdapter.IDENTITY.scores(
        run.embeddings().vectors(),
        TaskTexts.embed(task.prior(), List.of(), StudyTexts.PROMPTS, embedder, progress).prompts(),
        task.prior().labelMode(),
        logitScale);
  }
}
