package dev.auscult.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTokenizerTest {
  private static final String PIECES = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nlung\n";

  @Test
  void writesTheFilesOfABareVocabularyIntoTheCheckpoint(@TempDir Path from, @TempDir Path to)
      throws IOException {
    Files.writeString(from.resolve("vocab.txt"), PIECES);

    RunTokenizer tokenizer = existing(from, to);
    tokenizer.files().writeTo(to);

    assertThat(List.of(tokenizer.beginId(), tokenizer.endId())).containsExactly(2, 3);
    assertThat(Tokenizers.load(to, 16).encode("lung").ids()).containsExactly(2, 4, 3);
  }

  @Test
  void refusesAFolderWhoseTextsAreCleanedFirst(@TempDir Path from, @TempDir Path to)
      throws IOException {
    Files.writeString(from.resolve("vocab.txt"), PIECES);
    Files.writeString(from.resolve("open_clip_config.json"), "{}");

    assertThatThrownBy(() -> existing(from, to))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("open_clip_config.json");
  }

  private static RunTokenizer existing(Path from, Path to) throws IOException {
    return RunTokenizer.of(new TokenizerChoice.Existing(from), 16, List.of(), to);
  }
}
