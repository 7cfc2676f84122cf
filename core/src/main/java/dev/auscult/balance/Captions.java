package dev.auscult.balance;

import dev.auscult.data.Sample;
import dev.auscult.shapley.EncodedOrders;
import dev.auscult.text.Tokenizer;
import dev.auscult.text.Tokens;
import java.util.Optional;

/** Image-sentence alignment: every image with its own text, all of whose tokens are players. */
record Captions(Tokenizer tokenizer) implements ScoredTexts {

  @Override
  public Optional<String> unfit(Sample sample) {
    if (sample.text().filter(text -> !text.isBlank()).isEmpty()) {
      return Optional.of("no text");
    }
    return players(sample) == 0 ? Optional.of("no token in its text") : Optional.empty();
  }

  @Override
  public int players(Sample sample) {
    return (int) tokens(sample).tokens().stream().filter(token -> !token.special()).count();
  }

  @Override
  public boolean truncated(Sample sample) {
    return tokens(sample).truncated();
  }

  @Override
  public Optional<Question> question(Sample sample) {
    return Optional.empty();
  }

  @Override
  public Scored of(Sample sample, EncodedOrders image) {
    return new Scored(tokens(sample), token -> true, Optional.empty());
  }

  private Tokens tokens(Sample sample) {
    return tokenizer.encode(sample.text().orElse(""));
  }
}
