package dev.auscult.text;

import dev.auscult.base.InputException;
import java.nio.file.Path;
import java.util.List;

/** Opens the tokenizer that a model folder in Hugging Face layout brings along. */
public final class Tokenizers {
  /** The files that say how texts become ids, where nothing is cleaned first. */
  public static final List<String> FILES =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "spiece.model",
          "vocab.json",
          "merges.txt",
          "vocab.txt",
          ConchVocabulary.FILE,
          OpenAiVocabulary.FILE);

  private Tokenizers() {}

  /**
   * Reads the first of these that is there: {@code spiece.model} if {@code tokenizer_config.json}
   * names a {@code SiglipTokenizer}; {@code tokenizer.json}; {@code
   * conch_byte_level_bpe_uncased.json} (CONCH); {@code vocab.json} with {@code merges.txt} (CLIP);
   * {@code vocab.txt} (BERT); {@code bpe_simple_vocab_16e6.txt.gz} (OpenAI, open_clip); and the
   * special tokens named in {@code tokenizer_config.json} or {@code special_tokens_map.json}.
   * Beside an {@code open_clip_config.json} texts are cleaned first as open_clip does it.
   * Truncation and padding settings in the files are ignored: truncation is to {@code
   * contextLength} from the right, the special tokens kept; padding is the caller's.
   *
   * <p>A special token typed in a text, such as {@code <|endoftext|>}, gets that token's id exactly
   * as in the reference implementation; its {@link Tokens.Token#special()} is false because the
   * text, not the tokenizer, put it there.
   *
   * @param modelFolder the folder that holds the files
   * @param contextLength the largest number of ids the model reads, special tokens included
   * @return a tokenizer that holds a few megabytes of native memory until it is garbage collected
   * @throws InputException naming the file that is missing, broken, too large, or uses a component
   *     that is not supported
   */
  public static Tokenizer load(Path modelFolder, int contextLength) {
    return new TokenizerFolder(modelFolder, contextLength).open();
  }
}
