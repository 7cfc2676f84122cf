package dev.auscult.text;

import dev.auscult.base.ContentHash;
import dev.auscult.text.Tokens.Token;
import java.util.List;

/** Turns text into the ids of one model's vocabulary. Thread-safe. */
public interface Tokenizer {

  /**
   * The ids of {@code text} with the model's special tokens, truncated to {@link #contextLength()}
   * with the end token kept. Not padded.
   */
  Tokens encode(String text);

  /** The largest number of ids, special tokens included, that {@link #encode} returns. */
  int contextLength();

  /** The id that fills up a batch. */
  int padId();

  /**
   * The id that stands for an absent token in a masked text: the vocabulary's own mask token, else
   * its padding, else its unknown token.
   */
  int maskId();

  /**
   * The ids that stand around every text, in order: begin and end, [CLS] and [SEP], or an end
   * alone.
   */
  default List<Integer> separators() {
    return encode("").tokens().stream().map(Token::id).toList();
  }

  /** The number of ids. */
  int vocabularySize();

  /** Identifies the vocabulary and its rules. */
  ContentHash hash();
}
