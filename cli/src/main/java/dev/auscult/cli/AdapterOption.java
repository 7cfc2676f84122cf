package dev.auscult.cli;

import dev.auscult.adapt.AdaptedEncoder;
import dev.auscult.adapt.EmbeddingAdapter;
import dev.auscult.adapt.EncoderAdapter;
import dev.auscult.adapt.SavedAdapter;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.model.DualEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** An adapter that a model is used with. */
final class AdapterOption {
  @Option(
      names = "--adapter",
      paramLabel = "FILE",
      description =
          "An adapter that auscult adapt trained on this model; an audit shows the model with it"
              + " beside the model itself.")
  private @Nullable Path file;

  /** Whether there is one. */
  boolean isGiven() {
    return file != null;
  }

  /** The adapter, if there is one. */
  Optional<SavedAdapter> read() {
    return Optional.ofNullable(file).map(SavedAdapter::read);
  }

  /**
   * The model with its embeddings adapted, or as it is without an adapter; it then belongs to the
   * result.
   *
   * @throws InputException if the adapter belongs to another model or moves no embeddings
   */
  DualEncoder adapt(DualEncoder model) throws IOException {
    if (file == null) {
      return model;
    }
    SavedAdapter saved = SavedAdapter.read(file);
    saved.requireModel(model.identity());
    if (saved.adapter() instanceof EmbeddingAdapter adapter) {
      return AdaptedEncoder.of(model, adapter, ContentHash.of(file));
    }
    if (saved.adapter() instanceof EncoderAdapter adapter) {
      return AdaptedEncoder.of(model, adapter, ContentHash.of(file));
    }
    throw new InputException(
        "--adapter " + file,
        "a " + saved.description().method().title() + ", which scores classes",
        "an adapter of embeddings (scale, clip-adapter) or of encoders (coop, lora)",
        "use it with auscult classify");
  }

  /**
   * What embeds the images that an adapter scores: the model itself, or the changed one where the
   * adapter changes an encoder. Closing it closes the model.
   */
  DualEncoder encoder(DualEncoder model, SavedAdapter saved) throws IOException {
    return saved.adapter() instanceof EncoderAdapter ? adapt(model) : model;
  }

  /** Adds the choice to a run. */
  Run describe(Run run) throws IOException {
    return file == null
        ? run
        : run.with("adapter", file).with("adapter_hash", ContentHash.of(file).hex());
  }
}
