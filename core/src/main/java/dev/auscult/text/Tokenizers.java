package dev.auscult.text;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens the tokenizer that a model folder in Hugging Face layout brings along. */
public final class Tokenizers {
  /** Multilingual vocabularies of 250,000 pieces take 17 MB. */
  private static final int MAX_BYTES = 32 << 20;

  private Tokenizers() {}

  /**
   * Reads the first of these that is there: {@code tokenizer.json}; {@code vocab.json} with {@code
   * merges.txt} (CLIP); {@code vocab.txt} (BERT); and the special tokens named in {@code
   * tokenizer_config.json} or {@code special_tokens_map.json}. Truncation and padding settings in
   * the files are ignored: truncation is to {@code contextLength} from the right, the special
   * tokens kept; padding is the caller's.
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
    List<BoundedFile> read = new ArrayList<>();
    Optional<BoundedFile> config = optional(modelFolder, "tokenizer_config.json", read);
    SpecialTokens special =
        SpecialTokens.read(config, optional(modelFolder, "special_tokens_map.json", read));
    Optional<BoundedFile> whole = optional(modelFolder, "tokenizer.json", read);
    TokenizerJson json =
        whole.isPresent()
            ? TokenizerJson.of(whole.get().subject(), whole.get().json())
            : fromVocabulary(modelFolder, config, special, read);
    return new JsonTokenizer(json, special, contextLength, hash(read, contextLength));
  }

  private static TokenizerJson fromVocabulary(
      Path folder, Optional<BoundedFile> config, SpecialTokens special, List<BoundedFile> read) {
    Optional<BoundedFile> pieces = optional(folder, "vocab.json", read);
    if (pieces.isPresent()) {
      Optional<BoundedFile> merges = optional(folder, "merges.txt", read);
      return ClipFiles.read(
          pieces.get(), merges.orElseThrow(() -> missing(folder, "vocab.json alone")), special);
    }
    Optional<BoundedFile> lines = optional(folder, "vocab.txt", read);
    return BertFiles.read(
        lines.orElseThrow(() -> missing(folder, "no tokenizer.json")), config, special);
  }

  private static InputException missing(Path folder, String found) {
    return new InputException(
        folder.toString(),
        found,
        "tokenizer.json, vocab.json and merges.txt of a CLIP model, or vocab.txt of a BERT model",
        "add the tokenizer files of the model to the folder");
  }

  private static Optional<BoundedFile> optional(Path folder, String name, List<BoundedFile> read) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    BoundedFile content = BoundedFile.read(file, MAX_BYTES);
    read.add(content);
    return Optional.of(content);
  }

  private static ContentHash hash(List<BoundedFile> files, int contextLength) {
    List<String> parts = new ArrayList<>();
    for (BoundedFile file : files) {
      parts.add(file.name());
      parts.add(file.hash().hex());
    }
    parts.add("context " + contextLength);
    return ContentHash.of(parts.toArray(String[]::new));
  }
}
