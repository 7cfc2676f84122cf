package dev.auscult.text;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a model folder that say how its texts become ids. */
final class TokenizerFolder {
  /** Multilingual vocabularies of 250,000 pieces take 17 MB. */
  private static final int MAX_BYTES = 32 << 20;

  private static final String SIGLIP = "SiglipTokenizer";

  private final Path folder;
  private final int contextLength;
  private final List<BoundedFile> read = new ArrayList<>();
  private final TokenizerConfig config;
  private final SpecialTokens special;

  TokenizerFolder(Path folder, int contextLength) {
    this.folder = folder;
    this.contextLength = contextLength;
    Optional<BoundedFile> configuration = optional("tokenizer_config.json");
    this.config = TokenizerConfig.of(configuration);
    this.special = SpecialTokens.read(configuration, optional("special_tokens_map.json"));
  }

  Tokenizer open() {
    Optional<TextCleaning> cleaning =
        optional("open_clip_config.json").map(file -> OpenClipText.read(file).cleaning());
    Tokenizer tokenizer = tokenizer();
    return cleaning
        .map(first -> (Tokenizer) new CleaningTokenizer(first, tokenizer))
        .orElse(tokenizer);
  }

  private Tokenizer tokenizer() {
    if (special.tokenizerClass().equals(Optional.of(SIGLIP))) {
      Optional<BoundedFile> pieces = optional("spiece.model");
      if (pieces.isPresent()) {
        return new SiglipTokenizer(
            pieces.get(), special, config.flag("do_lower_case", true), contextLength, hash());
      }
    }
    Optional<BoundedFile> whole = optional("tokenizer.json");
    if (whole.isPresent()) {
      return json(TokenizerJson.of(whole.get().subject(), whole.get().json()), special);
    }
    Optional<BoundedFile> conch = optional(ConchVocabulary.FILE);
    if (conch.isPresent()) {
      String subject = conch.get().subject();
      return json(TokenizerJson.of(subject, conch.get().json()), ConchVocabulary.special(subject));
    }
    return fromVocabulary();
  }

  private Tokenizer fromVocabulary() {
    Optional<BoundedFile> pieces = optional("vocab.json");
    if (pieces.isPresent()) {
      BoundedFile merges = optional("merges.txt").orElseThrow(() -> missing("vocab.json alone"));
      return json(ClipFiles.read(pieces.get(), merges, special), special);
    }
    Optional<BoundedFile> lines = optional("vocab.txt");
    if (lines.isPresent()) {
      return json(BertFiles.read(lines.get(), config, special), special);
    }
    BoundedFile merges =
        optional(OpenAiVocabulary.FILE).orElseThrow(() -> missing("no tokenizer.json"));
    TokenizerJson json = OpenAiVocabulary.read(merges);
    Tokenizer plain = json(json, OpenAiVocabulary.special(merges.subject()));
    boolean cleaned = Files.exists(folder.resolve("open_clip_config.json"));
    return cleaned ? plain : new CleaningTokenizer(TextCleaning.LOWER, plain);
  }

  private Tokenizer json(TokenizerJson json, SpecialTokens tokens) {
    return new JsonTokenizer(json, tokens, contextLength, hash());
  }

  private InputException missing(String found) {
    return new InputException(
        folder.toString(),
        found,
        "tokenizer.json, vocab.json and merges.txt of a CLIP model, vocab.txt of a BERT model, or "
            + OpenAiVocabulary.FILE,
        "add the tokenizer files of the model to the folder");
  }

  private Optional<BoundedFile> optional(String name) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    BoundedFile content = BoundedFile.read(file, MAX_BYTES);
    read.add(content);
    return Optional.of(content);
  }

  /** Of everything read so far. */
  private ContentHash hash() {
    List<String> parts = new ArrayList<>();
    for (BoundedFile file : read) {
      parts.add(file.name());
      parts.add(file.hash().hex());
    }
    parts.add("context " + contextLength);
    return ContentHash.of(parts.toArray(String[]::new));
  }
}
