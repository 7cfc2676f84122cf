package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.text.Tokens.Token;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizersTest {

  @Test
  void marksOnlyTheTokensOfTheTemplateAsSpecial() {
    List<Token> tokens = TextFixtures.clip().encode("a<|endoftext|> b").tokens();
    assertThat(tokens).extracting(Token::special).containsExactly(true, false, false, false, true);
    assertThat(tokens.get(2).id()).isEqualTo(tokens.get(4).id());
    assertThat(tokens.get(2)).extracting(Token::start, Token::end).containsExactly(1, 14);
  }

  @Test
  void keepsTheEndTokenOfALongTextAndCountsWhatItDrops() {
    Tokens tokens = TextFixtures.clip().encode("a ".repeat(5000));
    assertThat(tokens.tokens()).hasSize(77);
    assertThat(tokens.tokens().get(76).piece()).isEqualTo("<|endoftext|>");
    assertThat(tokens.dropped()).isEqualTo(4925);
  }

  @Test
  void countsOffsetsInUtf16UnitsOfTheOriginalText() {
    List<Token> tokens = TextFixtures.bert().encode("🫁🫁 e\u0301dema LUNG").tokens();
    Token last = tokens.get(tokens.size() - 2);
    assertThat(last).isEqualTo(new Token(last.id(), "lung", 12, 16, false));
  }

  @Test
  void readsALoneSurrogateAsTheReplacementCharacter() {
    Tokenizer tokenizer = TextFixtures.clip();
    assertThat(tokenizer.encode("a \ud83d é").ids())
        .isEqualTo(tokenizer.encode("a \ufffd é").ids());
  }

  @Test
  void masksWithTheMaskTokenElseThePaddingElseTheUnknownToken() {
    Tokenizer bert = TextFixtures.bert();
    assertThat(bert.maskId()).isEqualTo(4);
    assertThat(bert.padId()).isEqualTo(0);
    Tokenizer clip = TextFixtures.clip();
    assertThat(clip.maskId()).isEqualTo(clip.padId()).isEqualTo(clip.encode("").ids()[1]);
  }

  @Test
  void withoutConfigurationFallsBackOnTheTokenizersOwnTokens(@TempDir Path folder)
      throws IOException {
    copy("clip", "tokenizer.json", folder);
    assertThat(Tokenizers.load(folder, 77).padId()).isEqualTo(999);
  }

  @Test
  void hashesEveryFileAndTheContextLength(@TempDir Path folder) throws IOException {
    copy("clip", "tokenizer.json", folder);
    Tokenizer bare = Tokenizers.load(folder, 77);
    assertThat(bare.hash()).isEqualTo(Tokenizers.load(folder, 77).hash());
    assertThat(bare.hash()).isNotEqualTo(Tokenizers.load(folder, 76).hash());
    copy("clip", "tokenizer_config.json", folder);
    assertThat(bare.hash()).isNotEqualTo(Tokenizers.load(folder, 77).hash());
  }

  @Test
  void encodesTheSameFromManyThreads() {
    Tokenizer tokenizer = TextFixtures.clip();
    List<Tokens> parallel =
        IntStream.range(0, 2000)
            .parallel()
            .mapToObj(i -> tokenizer.encode("small effusion " + i % 50))
            .toList();
    for (int i = 0; i < 2000; i++) {
      assertThat(parallel.get(i)).isEqualTo(tokenizer.encode("small effusion " + i % 50));
    }
  }

  @Test
  void tellsTheNativeLibraryNeitherToDownloadNorToReport() {
    assertThat(TextFixtures.clip().vocabularySize()).isEqualTo(1000);
    assertThat(System.getProperty("RUST_FLAVOR")).isEqualTo("cpu");
    assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
  }

  @Test
  void namesTheFolderWithoutTokenizer(@TempDir Path folder) {
    refused(folder).hasMessageStartingWith(folder.toString()).hasMessageContaining("vocab.json");
  }

  @Test
  void refusesAContextWithoutRoomForText() {
    assertThatThrownBy(() -> Tokenizers.load(TextFixtures.path("clip"), 2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("context");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"version\": oops} | line 1",
        "[1, 2] | ARRAY",
        "{\"a\": 1} | \"model\"",
        "`` | JSON",
        "{\"model\":{\"type\":\"Unigram\",\"vocab\":[]}} | unk_id",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{}}} | no vocabulary",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":-1}}} | -1",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":4000000000}}} | 4000000000",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":0}}} | two pieces",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"a\":1}}} | Duplicate",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a b\"]}} | merge 1",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"unk_token\":\"u\"}} | unknown token",
        "{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":0}}} | [UNK]",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]}} | padding",
      })
  void refusesWhatIsNoUsableTokenizer(String json, String found, @TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), json);
    refused(folder).hasMessageContaining("tokenizer.json").hasMessageContaining(found.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"normalizer\":{\"type\":\"Precompiled\"} | Precompiled",
        "\"normalizer\":{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(a+)+$\"},\"content\":\"b\"}"
            + " | backtrack",
        "\"normalizer\":{\"type\":\"Sequence\"} | without normalizers",
        "\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"String\":\"\"}} | pattern",
        "\"post_processor\":{\"type\":\"BertProcessing\",\"sep\":[\"x\",1],\"cls\":[\"a\",0]} | \"x\"",
        "\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[]} | 0 times",
        "\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":"
            + "{\"id\":\"x\",\"type_id\":0}}]} | template",
        "\"added_tokens\":[{\"id\":7,\"content\":\"x\"}] | id 7",
        "\"added_tokens\":[{\"id\":1,\"content\":\"\"}] | added token",
        "\"normalizer\":{\"type\":\"Strip\",\"strip_left\":3} | library refuses",
      })
  void refusesComponentsThatWouldEndTheProcess(String part, String found, @TempDir Path folder)
      throws IOException {
    String json =
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[],\"unk_token\":\"a\"},"
            + part
            + "}";
    Files.writeString(folder.resolve("tokenizer.json"), json);
    refused(folder).hasMessageContaining("tokenizer.json").hasMessageContaining(found.strip());
  }

  @Test
  void refusesAHugeFileBeforeReadingItAll(@TempDir Path folder) throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("tokenizer.json").toFile(), "rw")) {
      file.setLength(3L << 30);
    }
    refused(folder).hasMessageContaining("33,554,432 bytes");
  }

  @Test
  void refusesJsonNestedBeyondReason(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), "[".repeat(100_000));
    refused(folder).hasMessageContaining("broken JSON");
  }

  @Test
  void namesTheLineOfABrokenMerge(@TempDir Path folder) throws IOException {
    copy("clip-files", "vocab.json", folder);
    Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\ni n\nbroken\n");
    refused(folder).hasMessageContaining("merges.txt line 3");
  }

  @Test
  void namesTheLineThatIsNotUtf8(@TempDir Path folder) throws IOException {
    copy("clip-files", "vocab.json", folder);
    Files.write(folder.resolve("merges.txt"), new byte[] {'a', '\n', (byte) 0xff});
    refused(folder).hasMessageContaining("merges.txt line 2");
  }

  @Test
  void refusesVocabularyAndMergesOfAnotherKindOfModel(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("vocab.json"), "{\"a\":0,\"Ġb\":1}");
    Files.writeString(folder.resolve("merges.txt"), "");
    refused(folder).hasMessageContaining("vocab.json").hasMessageContaining("</w>");
  }

  @Test
  void refusesASpecialTokenThatTheVocabularyLacks(@TempDir Path folder) throws IOException {
    copy("clip", "tokenizer.json", folder);
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"pad_token\":\"<none>\"}");
    refused(folder).hasMessageContaining("tokenizer_config.json").hasMessageContaining("<none>");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(Path folder) {
    return assertThatThrownBy(() -> Tokenizers.load(folder, 77)).isInstanceOf(InputException.class);
  }

  private static void copy(String fixture, String name, Path folder) throws IOException {
    Files.copy(TextFixtures.path(fixture).resolve(name), folder.resolve(name));
  }
}
