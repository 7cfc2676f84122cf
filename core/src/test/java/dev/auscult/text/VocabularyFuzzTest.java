package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Damaged files are refused in one line or read; no text then ends the process, leaves the
 * vocabulary or stands outside its source.
 */
class VocabularyFuzzTest {
  private static final List<String> FILES =
      List.of(
          "siglip/spiece.model",
          "unigram/tokenizer.json",
          "siglip-json/tokenizer.json",
          "conch/tokenizer.json",
          "bert/vocab.txt",
          "openclip/bpe_simple_vocab_16e6.txt.gz");
  private static final List<String> TEXTS =
      List.of(
          "Small effusion, no pneumothorax!",
          "</s> a</s>  <unk>b <pad>[SEP]<end_of_text>",
          "é ﬁ ™ \u00a0\u200b😀中文 ΣΑΣ İ \ud83d",
          "a".repeat(300),
          "",
          "!?…“x” &lt;5&nbsp;mm");

  @Property(tries = 300)
  void isRefusedInOneLineOrWorks(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Path file = TextFixtures.path("families/" + FILES.get(random.nextInt(FILES.size())));
    Path folder = Files.createTempDirectory("vocabulary");
    try {
      Path config = file.resolveSibling("tokenizer_config.json");
      if (Files.exists(config)) {
        Files.copy(config, folder.resolve("tokenizer_config.json"));
      }
      Files.write(folder.resolve(file.getFileName()), damaged(Files.readAllBytes(file), random));
      encodeAll(Tokenizers.load(folder, 77));
    } catch (InputException e) {
      assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(1000);
    } finally {
      for (String name : List.of("tokenizer_config.json", file.getFileName().toString())) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.delete(folder);
    }
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    for (int i = 0; i < 3; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static void encodeAll(Tokenizer tokenizer) {
    for (String text : TEXTS) {
      Tokens tokens = tokenizer.encode(text);
      assertThat(tokens.tokens())
          .hasSizeLessThanOrEqualTo(77)
          .allMatch(token -> token.id() >= 0 && token.id() < tokenizer.vocabularySize())
          .allMatch(token -> token.start() <= token.end() && token.end() <= text.length());
    }
  }
}
