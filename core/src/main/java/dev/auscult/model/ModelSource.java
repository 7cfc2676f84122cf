package dev.auscult.model;

import dev.auscult.base.ContentHash;
import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.tensor.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a model is opened from.
 *
 * @param checkpoint its files
 * @param name as the user named it
 * @param dtype the element type to compute with
 * @param commit of the repository on the hub that they are from, where they are
 * @param hint what the registry and its user say of it
 * @param tokenizer the folder with its tokenizer's files, if it is not the model's own
 * @param notice a sentence on its limits for use
 */
record ModelSource(
    Checkpoint checkpoint,
    String name,
    DType dtype,
    Optional<String> commit,
    ModelHint hint,
    Optional<Path> tokenizer,
    Optional<String> notice) {

  /** The same model from other files. */
  ModelSource with(Checkpoint other) {
    return new ModelSource(other, name, dtype, commit, hint, tokenizer, notice);
  }

  /** The identity of the model, hashed when it is first asked for. */
  Supplier<ModelIdentity> identity(String family) {
    return () ->
        new ModelIdentity(name, family, checkpoint.weights(), configuration(), commit, notice);
  }

  /** The hash of the configuration files, and of what the user says beside them. */
  private ContentHash configuration() {
    ContentHash files = checkpoint.configuration();
    List<String> choices = hint.choices();
    return choices.isEmpty()
        ? files
        : ContentHash.of(
            Stream.concat(Stream.of(files.hex()), choices.stream()).toArray(String[]::new));
  }

  /** What the registry knows of it, where it does. */
  Optional<PublishedModel> published() {
    return hint.model();
  }

  /** The folder with the tokenizer's files. */
  Path tokenizerFolder() {
    return tokenizer.orElse(checkpoint.folder());
  }

  /** The folder that holds the files beside the weights, for messages. */
  String folder() {
    return checkpoint.folder().toString();
  }
}
