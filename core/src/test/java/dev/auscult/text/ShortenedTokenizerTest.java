package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShortenedTokenizerTest {
  private final Tokenizer tokenizer =
      Tokenizers.load(Path.of("src/test/resources/dev/auscult/model/clip/complete"), 20);

  @Test
  void cutsWordsAsTheVocabularyDoesAndKeepsTheEnd() {
    String text = "a b c d e f g h i j k l m n o p q r s t u v w x y z";
    Tokenizer direct =
        Tokenizers.load(Path.of("src/test/resources/dev/auscult/model/clip/complete"), 9);

    Tokens tokens = new ShortenedTokenizer(tokenizer, 9).encode(text);

    assertThat(tokens).isEqualTo(direct.encode(text));
    assertThat(tokens.dropped()).isEqualTo(19);
    assertThat(IntStream.of(tokens.ids())).hasSize(9).startsWith(518).endsWith(519);
  }

  @Test
  void leavesShorterTextsAndIsAnotherVocabulary() {
    Tokenizer shortened = new ShortenedTokenizer(tokenizer, 9);

    assertThat(shortened.encode("a b")).isEqualTo(tokenizer.encode("a b"));
    assertThat(shortened.contextLength()).isEqualTo(9);
    assertThat(shortened.hash()).isNotEqualTo(tokenizer.hash());
    assertThat(shortened.maskId()).isEqualTo(tokenizer.maskId());
  }

  @Test
  void refusesAContextWithoutRoom() {
    assertThatThrownBy(() -> new ShortenedTokenizer(tokenizer, 1))
        .hasMessageContaining("a context of 1 tokens");
  }
}
