package dev.auscult.cli;

import dev.auscult.base.Progress;
import dev.auscult.cli.Classification.Decision;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.ImageItem;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.ModelIdentity;
import dev.auscult.zeroshot.Prediction;
import java.util.List;
import java.util.function.Function;

/** A model that knows the classes it shall tell apart, and how; closing closes the model. */
final class ImageClassifier implements AutoCloseable {
  private final DualEncoder encoder;
  private final List<String> classes;
  private final Decision decision;
  private final Embedder embedder;
  private final Function<Embeddings, List<Prediction>> classifier;

  /**
   * @param encoder of the images, with the adapter if it changes embeddings
   * @param classes in the order given
   * @param decision whether classes compete
   * @param embedder of the images
   * @param classifier of their embeddings
   */
  ImageClassifier(
      DualEncoder encoder,
      List<String> classes,
      Decision decision,
      Embedder embedder,
      Function<Embeddings, List<Prediction>> classifier) {
    this.encoder = encoder;
    this.classes = List.copyOf(classes);
    this.decision = decision;
    this.embedder = embedder;
    this.classifier = classifier;
  }

  /** What the model is. */
  ModelIdentity identity() {
    return encoder.identity();
  }

  List<String> classes() {
    return classes;
  }

  Decision decision() {
    return decision;
  }

  /** Embeds images, from the cache where they are in it; what cannot be read is left out. */
  EmbeddingRun embed(List<ImageItem> items, Progress progress) {
    EmbeddingRun embedded = embedder.images(items, progress);
    SkippedFile.refuseNothing(embedded.embeddings().size(), embedded.skipped());
    return embedded;
  }

  /** Classifies embedded images. */
  List<Prediction> classify(Embeddings images) {
    return classifier.apply(images);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
