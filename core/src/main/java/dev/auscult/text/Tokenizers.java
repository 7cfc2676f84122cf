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
   * Reads {@code tokenizer.json}, or else {@code vocab.json} with {@code merges.txt} (CLIP), and
   * the special tokens named in {@code tokenizer_config.json} or {@code special_tokens_map.json}.
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
    List<BoundedFile> read = new ArrayList<>();
    SpecialTokens special =
        SpecialTokens.read(
            optional(modelFolder, "tokenizer_config.json", read),
            optional(modelFolder, "special_tokens_map.json", read));
    Optional<BoundedFile> whole = optional(modelFolder, "tokenizer.json", read);
    TokenizerJson json =
        whole.isPresent()
            ? TokenizerJson.of(whole.get().subject(), whole.get().json())
            : fromVocabularyAndMerges(modelFolder, special, read);
    return new JsonTokenizer(json, special, contextLength, hash(read, contextLength));
  }

  private static TokenizerJson fromVocabularyAndMerges(
      Path folder, SpecialTokens special, List<BoundedFile> read) {
    Optional<BoundedFile> vocabulary = optional(folder, "vocab.json", read);
    Optional<BoundedFile> merges = optional(folder, "merges.txt", read);
    if (vocabulary.isEmpty() || merges.isEmpty()) {
      throw new InputException(
          folder.toString(),
          "no tokenizer.json" + (vocabulary.isPresent() ? " and no merges.txt" : ""),
          "tokenizer.json, or vocab.json and merges.txt of a CLIP model",
          "add the tokenizer files of the model to the folder");
    }
    return ClipFiles.read(vocabulary.get(), merges.get(), special);
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
