package dev.auscult.text;

import dev.auscult.base.ContentHash;
import dev.auscult.text.Tokens.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * A tokenizer that leaves room in the model's context: longer texts lose their last words and keep
 * the special tokens behind them.
 */
public final class ShortenedTokenizer implements Tokenizer {
  private final Tokenizer tokenizer;
  private final int contextLength;

  /**
   * @param contextLength the largest number of ids of a text, special tokens included
   * @throws IllegalArgumentException if not even the special tokens fit
   */
  public ShortenedTokenizer(Tokenizer tokenizer, int contextLength) {
    if (contextLength < tokenizer.separators().size()) {
      throw new IllegalArgumentException("a context of " + contextLength + " tokens");
    }
    this.tokenizer = tokenizer;
    this.contextLength = Math.min(contextLength, tokenizer.contextLength());
  }

  @Override
  public Tokens encode(String text) {
    Tokens whole = tokenizer.encode(text);
    List<Token> tokens = whole.tokens();
    int excess = tokens.size() - contextLength;
    if (excess <= 0) {
      return whole;
    }
    int words = tokens.size();
    while (words > 0 && tokens.get(words - 1).special()) {
      words--;
    }
    List<Token> kept = new ArrayList<>(tokens.subList(0, words - excess));
    kept.addAll(tokens.subList(words, tokens.size()));
    return new Tokens(kept, whole.dropped() + excess);
  }

  @Override
  public int contextLength() {
    return contextLength;
  }

  @Override
  public int padId() {
    return tokenizer.padId();
  }

  @Override
  public int maskId() {
    return tokenizer.maskId();
  }

  @Override
  public int vocabularySize() {
    return tokenizer.vocabularySize();
  }

  @Override
  public ContentHash hash() {
    return ContentHash.of("at most " + contextLength, tokenizer.hash().hex());
  }
}
