package dev.auscult.balance;

import dev.auscult.data.Sample;
import dev.auscult.text.Tokenizer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Image-sentence alignment: every image with its own text, all of whose tokens are players.
 *
 * @param tokenizer of the model
 * @param foils whether a text without a foil is of use
 */
record Captions(Tokenizer tokenizer, Foils foils) implements ScoredTexts {
  /** What is made of foils. */
  enum Foils {
    /** Nothing. */
    IGNORED,
    /** A text needs one, unless it is one. */
    REQUIRED
  }

  @Override
  public Optional<String> unfit(Sample sample) {
    if (sample.text().filter(text -> !text.isBlank()).isEmpty()) {
      return Optional.of("no text");
    }
    if (foils == Foils.REQUIRED && sample.foil().isEmpty() && !FoilPairs.isFoil(sample.id())) {
      return Optional.of("no foil");
    }
    return mostPlayers(sample) == 0 ? Optional.of("no token in its text") : Optional.empty();
  }

  @Override
  public Scored reference(Sample sample) {
    return new Scored(tokenizer.encode(sample.text().orElse("")), token -> true, Optional.empty());
  }

  @Override
  public int mostPlayers(Sample sample) {
    return reference(sample).players();
  }

  @Override
  public Optional<Question> question(Sample sample) {
    return Optional.empty();
  }

  @Override
  public Scored of(Sample sample, @Nullable Integer selected) {
    return reference(sample);
  }
}
