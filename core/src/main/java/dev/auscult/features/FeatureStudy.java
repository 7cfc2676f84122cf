package dev.auscult.features;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.features.FeatureSettings.TextUse;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.VisionEncoder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A study of features: models embed the images one after another, so that only one is in memory at
 * a time, then what they made of each data set is measured.
 */
public final class FeatureStudy {
  private final FeatureSettings settings;
  private final List<FeatureData> data;
  private final List<List<ModelVectors>> vectors = new ArrayList<>();
  private final Set<Skipped> skipped = new LinkedHashSet<>();

  /** A study of these data sets. */
  public FeatureStudy(FeatureSettings settings, List<FeatureData> data) {
    this.settings = settings;
    this.data = List.copyOf(data);
    for (FeatureData of : data) {
      vectors.add(new ArrayList<>());
      skipped.addAll(of.skipped());
    }
  }

  /**
   * Embeds every data set with a model.
   *
   * @param domain what the model was trained on
   * @param embedder of {@code encoder}
   * @throws dev.auscult.base.InterruptedRunException if the user stopped it; the cache then holds
   *     what is finished
   */
  public void add(VisionEncoder encoder, ModelDomain domain, Embedder embedder, Progress progress) {
    for (int d = 0; d < data.size(); d++) {
      EmbeddingRun images = embedder.images(data.get(d).images(), progress);
      skipped.addAll(images.skipped());
      Optional<EmbeddingRun> texts =
          encoder instanceof DualEncoder && settings.texts() == TextUse.PAIRED
              ? Optional.of(embedder.texts(data.get(d).texts(), progress))
              : Optional.empty();
      vectors
          .get(d)
          .add(
              new ModelVectors(
                  encoder.identity().name(),
                  domain,
                  images.embeddings(),
                  texts.map(EmbeddingRun::embeddings),
                  texts.map(EmbeddingRun::truncated).orElse(0)));
    }
  }

  /** What could not be read. */
  public List<Skipped> skipped() {
    return List.copyOf(skipped);
  }

  /**
   * Measures what the models made of the data.
   *
   * @throws InputException if hardly an image of a data set could be read
   */
  public FeatureResult finish(Progress progress) {
    List<DataFeatures> found = new ArrayList<>();
    for (int d = 0; d < data.size(); d++) {
      found.addAll(new DataMeasurement(settings, data.get(d), vectors.get(d)).measure(progress));
    }
    return FeatureResult.corrected(settings, found);
  }
}
