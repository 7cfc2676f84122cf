package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.Checkpoint;

/** One way in which authors keep a model's weights, configuration, tokenizer and preprocessing. */
interface Layout {

  /** In words, e.g. {@code Hugging Face CLIPModel}. */
  String label();

  /** Whether files, keys and tensor names are those of this layout. */
  boolean recognises(Checkpoint checkpoint);

  /**
   * Builds the model, from all of its tensors or not at all.
   *
   * @throws InputException if configuration, weights, tokenizer and preprocessing are incomplete or
   *     do not fit one another
   */
  VisionEncoder open(ModelSource source);
}
