package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Ids, offsets and truncation of transformers on 1,000 medical and hostile strings. */
class TokenizerReferenceTest {
  private static final JsonNode CASES = TextFixtures.cases();

  @ParameterizedTest
  @CsvSource({"clip, 77", "clip-files, 77", "bert, 32"})
  void agreesWithTheReferenceOnEveryString(String name, int contextLength) {
    Tokenizer tokenizer = Tokenizers.load(TextFixtures.path(name), contextLength);
    assertThat(CASES.path(name).size()).isEqualTo(1000);
    for (int i = 0; i < 1000; i++) {
      Tokens tokens = tokenizer.encode(CASES.path("texts").path(i).stringValue());
      JsonNode expected = CASES.path(name).path(i);
      assertThat(tokens.ids()).as("ids of string %d", i).isEqualTo(ints(expected.path("ids")));
      assertThat(offsets(tokens))
          .as("offsets of string %d", i)
          .isEqualTo(ints(expected.path("offsets")));
      assertThat(tokens.dropped())
          .as("tokens dropped of string %d", i)
          .isEqualTo(expected.path("dropped").intValue());
    }
  }

  @Test
  void readsVocabularyAndMergesAsTheSameTokenizer() {
    Tokenizer whole = TextFixtures.clip();
    Tokenizer parts = Tokenizers.load(TextFixtures.path("clip-files"), 77);
    assertThat(parts.vocabularySize()).isEqualTo(whole.vocabularySize());
    assertThat(parts.padId()).isEqualTo(whole.padId());
    assertThat(parts.encode("Mild cardiomegaly.")).isEqualTo(whole.encode("Mild cardiomegaly."));
  }

  @Test
  void writtenVocabularyIsReadAsTheReferenceReadsIt() {
    Path trained = TextFixtures.path("trained");
    Tokenizer tokenizer = Tokenizers.load(trained, 77);
    for (int i = 0; i < 1000; i++) {
      Tokens tokens = tokenizer.encode(CASES.path("texts").path(i).stringValue());
      assertThat(tokens.ids())
          .as("ids of string %d", i)
          .isEqualTo(ints(CASES.path("trained").path(i).path("ids")));
    }
  }

  private static int[] offsets(Tokens tokens) {
    return tokens.tokens().stream()
        .flatMapToInt(token -> IntStream.of(token.start(), token.end()))
        .toArray();
  }

  private static int[] ints(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::intValue).toArray();
  }
}
