package dev.auscult.text;

import java.util.List;

/**
 * A tokenised text.
 *
 * @param tokens ids in order, special tokens (begin, end, [CLS], [SEP]) included, no padding
 * @param dropped how many tokens truncation to the context length cut off; 0 if none
 */
public record Tokens(List<Token> tokens, int dropped) {

  /** Copies the list. */
  public Tokens {
    tokens = List.copyOf(tokens);
    if (dropped < 0) {
      throw new IllegalArgumentException("dropped " + dropped);
    }
  }

  /**
   * One token.
   *
   * @param id its id in the vocabulary
   * @param piece the vocabulary's own spelling, e.g. {@code effusion</w>}
   * @param start where it begins in the text, in UTF-16 units; 0 for special tokens
   * @param end where it ends, exclusive
   * @param special whether the tokenizer added it (never a player of an audit)
   */
  public record Token(int id, String piece, int start, int end, boolean special) {}

  /** The ids alone. */
  public int[] ids() {
    return tokens.stream().mapToInt(Token::id).toArray();
  }

  /** Whether the text was longer than the context. */
  public boolean truncated() {
    return dropped > 0;
  }
}
