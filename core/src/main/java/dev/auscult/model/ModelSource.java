package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.tensor.DType;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a model is opened from.
 *
 * @param checkpoint its files
 * @param name as the user named it
 * @param dtype the element type to compute with
 * @param commit of the repository on the hub that they are from, where they are
 * @param published what the registry knows of it, where it does
 * @param tokenizer the folder with its tokenizer's files, if it is not the model's own
 * @param notice a sentence on its limits for use
 */
record ModelSource(
    Checkpoint checkpoint,
    String name,
    DType dtype,
    Optional<String> commit,
    Optional<PublishedModel> published,
    Optional<Path> tokenizer,
    Optional<String> notice) {

  /** The same model from other files. */
  ModelSource with(Checkpoint other) {
    return new ModelSource(other, name, dtype, commit, published, tokenizer, notice);
  }

  /** The identity of the model, hashed when it is first asked for. */
  Supplier<ModelIdentity> identity(String family) {
    return () ->
        new ModelIdentity(
            name, family, checkpoint.weights(), checkpoint.configuration(), commit, notice);
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
