package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.text.Tokens.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenAiVocabularyTest {
  private static final Path FILES = TextFixtures.path("families/openclip");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path folder;

  @Test
  void cleansTheTextAndSaysWhereTokensStandInTheOriginal() {
    Tokenizer tokenizer = Tokenizers.load(FILES, 77);

    Tokens tokens = tokenizer.encode("  The &lt; LUNG’s ");

    assertThat(tokens.ids()).isEqualTo(tokenizer.encode("the < lung's").ids());
    Token less = tokens.tokens().get(2);
    assertThat(less).isEqualTo(new Token(less.id(), "<</w>", 6, 10, false));
  }

  @Test
  void fillsUpWithZeroAndMasksWithTheEnd() {
    Tokenizer tokenizer = Tokenizers.load(FILES, 77);

    assertThat(tokenizer.padId()).isZero();
    assertThat(tokenizer.maskId()).isEqualTo(999);
    assertThat(tokenizer.separators()).containsExactly(998, 999);
  }

  @Test
  void takesTheFirst48894MergesOnly() throws IOException {
    StringBuilder lines = new StringBuilder("version");
    for (int i = 0; i < 48_894; i++) {
      lines.append(i == 0 ? "\na b</w>" : "\n");
    }
    Tokenizer whole = load(lines + "\nthis is no merge");

    assertThat(whole.vocabularySize()).isEqualTo(49_408);
    assertThat(whole.encode("ab").ids()).containsExactly(49_406, 512, 49_407);
  }

  @Test
  void refusesWhatIsNoVocabulary() throws IOException {
    refused("version\na b c").hasMessageContaining("line 2");
    refused("version\na bb").hasMessageContaining("merge 1");
    byte[] zipped = Files.readAllBytes(FILES.resolve(OpenAiVocabulary.FILE));
    Files.write(folder.resolve(OpenAiVocabulary.FILE), Arrays.copyOf(zipped, zipped.length / 2));
    refused().hasMessageContaining("damaged gzip");
    Files.writeString(folder.resolve(OpenAiVocabulary.FILE), "a b\n");
    refused().hasMessageContaining("damaged gzip");
  }

  @Test
  void refusesABombBeforeUnpackingItAll() throws IOException {
    refused("\n".repeat(40 << 20)).hasMessageContaining("33,554,432 bytes when unpacked");
  }

  private Tokenizer load(String lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(lines.getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve(OpenAiVocabulary.FILE), bytes.toByteArray());
    return Tokenizers.load(folder, 77);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(String lines) {
    return assertThatThrownBy(() -> load(lines))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(OpenAiVocabulary.FILE);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused() {
    return assertThatThrownBy(() -> Tokenizers.load(folder, 77))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(OpenAiVocabulary.FILE);
  }
}
