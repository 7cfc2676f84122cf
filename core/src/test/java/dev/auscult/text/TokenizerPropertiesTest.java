package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.text.Tokens.Token;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every text, lone surrogates and control characters included. */
class TokenizerPropertiesTest {
  private static final List<Tokenizer> TOKENIZERS =
      List.of(
          TextFixtures.clip(),
          TextFixtures.bert(),
          Tokenizers.load(TextFixtures.path("clip-files"), 5),
          Tokenizers.load(TextFixtures.path("trained"), 16));
  private static final List<Tokenizer> ALL =
      Stream.concat(
              TOKENIZERS.stream(),
              Stream.of("siglip", "unigram", "openclip", "openclip-bert", "openclip-t5", "roberta")
                  .map(name -> Tokenizers.load(TextFixtures.path("families/" + name), 64)))
          .toList();
  private static final Tokenizer WIDE = Tokenizers.load(TextFixtures.path("clip"), 1 << 20);

  @Property(tries = 200)
  void fitsTheContextBetweenItsBeginAndEndToken(@ForAll("texts") String text) {
    for (Tokenizer tokenizer : TOKENIZERS) {
      List<Token> empty = tokenizer.encode("").tokens();
      List<Token> tokens = tokenizer.encode(text).tokens();
      assertThat(tokens).hasSizeBetween(2, tokenizer.contextLength());
      assertThat(tokens.get(0)).isEqualTo(empty.get(0));
      assertThat(tokens.get(tokens.size() - 1)).isEqualTo(empty.get(1));
      assertThat(tokens)
          .allMatch(token -> token.id() >= 0 && token.id() < tokenizer.vocabularySize());
      assertThat(tokens.stream().filter(Token::special)).hasSize(2);
    }
  }

  @Property(tries = 200)
  void tellsWhereInTheTextEachTokenStands(@ForAll("texts") String text) {
    for (Tokenizer tokenizer : ALL) {
      int previous = 0;
      for (Token token : tokenizer.encode(text).tokens()) {
        if (!token.special()) {
          assertThat(token.start()).isBetween(previous, token.end());
          assertThat(token.end()).isLessThanOrEqualTo(text.length());
          previous = token.start();
        }
      }
    }
  }

  @Property(tries = 200)
  void dropsNothingButTheTail(@ForAll("texts") String text) {
    List<Token> whole = WIDE.encode(text).tokens();
    Tokens cut = TOKENIZERS.get(0).encode(text);
    List<Token> kept = cut.tokens();
    assertThat(kept.size() + cut.dropped()).isEqualTo(whole.size());
    assertThat(kept.subList(0, kept.size() - 1)).isEqualTo(whole.subList(0, kept.size() - 1));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(200),
        Arbitraries.strings().withCharRange('\ud700', '\ue0ff').ofMaxLength(40),
        Arbitraries.strings().ascii().ofMaxLength(400),
        Arbitraries.of(
                "lung ",
                "é",
                "e\u0301",
                "🫁",
                "\u200d",
                "\ud83d",
                "<|endoftext|>",
                "[SEP]",
                " ",
                "7")
            .list()
            .ofMaxSize(80)
            .map(parts -> String.join("", parts)));
  }
}
