package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.text.Tokens.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiglipTokenizerTest {
  private static final Path FILES = TextFixtures.path("families/siglip");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path folder;

  @Test
  void endsEveryTextAndSaysWhereItsPiecesStand() {
    List<Token> tokens = load(FILES, 64).encode("The Left-LUNG</s>").tokens();

    assertThat(String.join("", tokens.stream().map(Token::piece).toList()))
        .isEqualTo("▁the▁leftlung</s>");
    assertThat(tokens.get(tokens.size() - 1)).isEqualTo(new Token(1, "</s>", 13, 17, false));
    assertThat(tokens).allMatch(token -> token.start() <= token.end() && token.end() <= 17);
    assertThat(load(FILES, 64).separators()).containsExactly(1);
  }

  @Test
  void keepsTheEndWhenItCuts() {
    Tokens tokens = load(FILES, 8).encode("effusion ".repeat(100));

    assertThat(tokens.tokens()).hasSize(8);
    assertThat(tokens.ids()[7]).isEqualTo(1);
    assertThat(tokens.tokens().get(7).special()).isTrue();
    assertThat(tokens.truncated()).isTrue();
  }

  @Test
  void padsAndMasksWithTheEndAsItsReferenceDoes() {
    Tokenizer tokenizer = load(FILES, 64);

    assertThat(tokenizer.padId()).isEqualTo(1);
    assertThat(tokenizer.maskId()).isEqualTo(1);
    assertThat(tokenizer.vocabularySize()).isEqualTo(420);
  }

  @Test
  void takesTokenizerJsonUnlessTheClassIsNamed() throws IOException {
    Files.copy(FILES.resolve("spiece.model"), folder.resolve("spiece.model"));
    Files.copy(
        TextFixtures.path("families/unigram").resolve("tokenizer.json"),
        folder.resolve("tokenizer.json"));

    assertThat(load(folder, 64).encode("A-B").ids())
        .isNotEqualTo(load(FILES, 64).encode("A-B").ids());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'tokenizer_class':'SiglipTokenizer','eos_token':'<x>'} | tokenizer_config.json | <x>",
        "{'tokenizer_class':'SiglipTokenizer','do_lower_case':3} | tokenizer_config.json | do_lower",
        "{'tokenizer_class':'T5Tokenizer'} | tokenizer.json | no tokenizer.json",
      })
  void namesTheFileAtFault(String config, String file, String found) throws IOException {
    Files.copy(FILES.resolve("spiece.model"), folder.resolve("spiece.model"));
    Files.writeString(folder.resolve("tokenizer_config.json"), config.replace('\'', '"'));

    assertThatThrownBy(() -> load(folder, 64))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(found);
  }

  @Test
  void refusesAModelCutOffAnywhere() throws IOException {
    Files.copy(FILES.resolve("tokenizer_config.json"), folder.resolve("tokenizer_config.json"));
    byte[] whole = Files.readAllBytes(FILES.resolve("spiece.model"));
    for (int length = 0; length < whole.length - 100; length += 97) {
      Files.write(folder.resolve("spiece.model"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> load(folder, 64))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("spiece.model");
    }
  }

  @Test
  void refusesAContextWithoutRoom() {
    assertThatThrownBy(() -> load(FILES, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("context");
  }

  private static Tokenizer load(Path folder, int contextLength) {
    return Tokenizers.load(folder, contextLength);
  }
}
