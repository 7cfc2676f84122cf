package dev.auscult.text;

import dev.auscult.base.ContentHash;
import dev.auscult.text.Tokens.Token;
import java.util.List;

/** A tokenizer whose texts are cleaned first; tokens still say where they stand in the source. */
final class CleaningTokenizer implements Tokenizer {
  private final TextCleaning cleaning;
  private final Tokenizer tokenizer;
  private final ContentHash hash;

  CleaningTokenizer(TextCleaning cleaning, Tokenizer tokenizer) {
    this.cleaning = cleaning;
    this.tokenizer = tokenizer;
    this.hash = ContentHash.of("clean " + cleaning.key(), tokenizer.hash().hex());
  }

  @Override
  public Tokens encode(String source) {
    MappedText text = cleaning.apply(MappedText.of(source));
    Tokens tokens = tokenizer.encode(text.text());
    List<Token> mapped = tokens.tokens().stream().map(token -> inSource(token, text)).toList();
    return new Tokens(mapped, tokens.dropped());
  }

  private static Token inSource(Token token, MappedText text) {
    if (token.special() || text.length() == 0) {
      return token;
    }
    int first = Math.min(token.start(), text.length() - 1);
    int start = text.start(first);
    int end = token.end() > token.start() ? text.end(token.end() - 1) : start;
    return new Token(token.id(), token.piece(), start, end, false);
  }

  @Override
  public int contextLength() {
    return tokenizer.contextLength();
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
    return hash;
  }
}
