package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.text.Tokens.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BertFilesTest {
  private static final String PIECES =
      "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nlung\nLung\n##s\né\ne\n";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path folder;

  @Test
  void lowersTheCaseOfACasedVocabularyUnlessToldOtherwise() throws IOException {
    vocabulary(PIECES);
    assertThat(load().encode("Lung lungs é").ids()).containsExactly(2, 5, 5, 7, 9, 3);

    configuration("{\"do_lower_case\": false}");
    assertThat(load().encode("Lung lungs é").ids()).containsExactly(2, 6, 5, 7, 8, 3);

    configuration("{\"do_lower_case\": true, \"strip_accents\": false}");
    assertThat(load().encode("Lung lungs é").ids()).containsExactly(2, 5, 5, 7, 8, 3);
  }

  @Test
  void countsBlankLinesAndTakesTheLastOfEqualPieces() throws IOException {
    vocabulary("[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\n\r\nlung \r\nlung\r\n\r\n");

    Tokenizer tokenizer = load();

    assertThat(tokenizer.encode("lung").ids()).containsExactly(2, 6, 3);
    assertThat(tokenizer.vocabularySize()).isEqualTo(7);
    assertThat(tokenizer.maskId()).isZero();
  }

  @Test
  void prefersTheCompleteTokenizer() throws IOException {
    vocabulary(PIECES);
    Files.copy(
        TextFixtures.path("bert").resolve("tokenizer.json"), folder.resolve("tokenizer.json"));

    assertThat(load().vocabularySize()).isEqualTo(TextFixtures.bert().vocabularySize());
  }

  @Test
  void saysWhereThePiecesStand() throws IOException {
    vocabulary(PIECES);

    assertThat(load().encode("a 🫁 Lungs").tokens().get(4))
        .isEqualTo(new Token(7, "##s", 9, 10, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[PAD] [UNK] [SEP] | {} | vocab.txt | [CLS], which the vocabulary lacks",
        "[PAD] [CLS] [SEP] | {} | vocab.txt | [UNK], which the vocabulary lacks",
        "[PAD] [UNK] [CLS] [SEP] | {\"sep_token\": \"<x>\"} | tokenizer_config.json | <x>",
        "[PAD] [UNK] [CLS] [SEP] | {\"do_lower_case\": \"no\"} | tokenizer_config.json | true or false",
        "[PAD] [UNK] [CLS] [SEP] | {\"tokenizer_class\": \"BertJapaneseTokenizer\"} | vocab.txt"
            + " | BertJapaneseTokenizer",
        "`` | {} | vocab.txt | lacks",
      })
  void namesTheFileAndWhatIsWrong(String pieces, String config, String file, String found)
      throws IOException {
    vocabulary(pieces.strip().replace(' ', '\n'));
    configuration(config);

    assertThatThrownBy(this::load)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(found)
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesMillionsOfLines() throws IOException {
    vocabulary("\n".repeat(5_000_000));

    assertThatThrownBy(this::load)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("more than 1,000,000 lines");
  }

  private Tokenizer load() {
    return Tokenizers.load(folder, 32);
  }

  private void vocabulary(String text) throws IOException {
    Files.write(folder.resolve("vocab.txt"), text.getBytes(StandardCharsets.UTF_8));
  }

  private void configuration(String json) throws IOException {
    Files.writeString(folder.resolve("tokenizer_config.json"), json);
  }
}
