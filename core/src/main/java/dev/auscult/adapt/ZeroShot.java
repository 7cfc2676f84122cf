package dev.auscult.adapt;

import dev.auscult.base.Progress;
import java.util.List;
import java.util.Map;

/**
 * The model as it is: images are compared with the mean of each combination's prompts. Of another
 * model, such as plain CLIP, it is that model's.
 */
public record ZeroShot() implements AdapterTrainer {
  @Override
  public AdaptationMethod method() {
    return AdaptationMethod.ZERO_SHOT;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public Adaptation train(AdaptationTask task, Progress progress) {
    return new Adaptation(EmbeddingAdapter.IDENTITY, List.of(), Map.of());
  }
}
