package dev.auscult.pretrain;

import java.nio.file.Path;

/** Where the tokenizer comes from. */
public sealed interface TokenizerChoice {

  /**
   * A byte-level BPE learnt from the training texts.
   *
   * @param vocabulary the largest number of ids
   */
  record Trained(int vocabulary) implements TokenizerChoice {}

  /**
   * The tokenizer of a model folder in Hugging Face layout.
   *
   * @param folder holds files that {@link dev.auscult.text.Tokenizers#load} reads
   */
  record Existing(Path folder) implements TokenizerChoice {}
}
