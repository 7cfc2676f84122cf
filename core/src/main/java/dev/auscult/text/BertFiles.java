package dev.auscult.text;

import dev.auscult.base.InputException;
import dev.auscult.text.SpecialTokens.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokenizer of BERT (Devlin et al. 2019) that a bare {@code vocab.txt} stands for, as a {@code
 * tokenizer.json}: transformers' {@code BertTokenizerFast}. One piece a line, its number the id;
 * text is cleaned, lower-cased and stripped of accents unless {@code tokenizer_config.json} says
 * {@code "do_lower_case": false}, also when the vocabulary is a cased one: so do the models that
 * were trained on it with transformers (MedCLIP, CXR-CLIP).
 */
final class BertFiles {
  private static final int MAX_PIECES = 1_000_000;
  private static final Pattern TRAILING_SPACE = Pattern.compile("\\p{IsWhite_Space}+$");
  private static final Set<String> CLASSES =
      Set.of(
          "BertTokenizer",
          "BertTokenizerFast",
          "CXRBertTokenizer",
          "DistilBertTokenizer",
          "DistilBertTokenizerFast",
          "ElectraTokenizer",
          "ElectraTokenizerFast");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final BoundedFile file;
  private final SpecialTokens special;
  private final Map<String, Integer> ids;

  private BertFiles(BoundedFile vocabulary, SpecialTokens special) {
    this.file = vocabulary;
    this.special = special;
    this.ids = ids(vocabulary);
  }

  static TokenizerJson read(BoundedFile vocabulary, TokenizerConfig config, SpecialTokens special) {
    special
        .tokenizerClass()
        .filter(name -> !CLASSES.contains(name))
        .ifPresent(
            name -> {
              throw new InputException(
                  vocabulary.subject(),
                  "the vocabulary of a " + name,
                  "that of a BertTokenizer",
                  "save the tokenizer as tokenizer.json beside it");
            });
    BertFiles files = new BertFiles(vocabulary, special);
    return TokenizerJson.of(vocabulary.subject(), files.json(config));
  }

  /** Of a piece that stands on several lines the last counts; blank lines count as lines only. */
  private static Map<String, Integer> ids(BoundedFile file) {
    List<String> lines = file.text().lines().limit(MAX_PIECES + 1L).toList();
    if (lines.size() > MAX_PIECES) {
      throw new InputException(
          file.subject(),
          "more than %,d lines".formatted(MAX_PIECES),
          "one piece a line",
          "check that it is the file you meant");
    }
    Map<String, Integer> ids = new HashMap<>();
    for (int line = 0; line < lines.size(); line++) {
      String piece = TRAILING_SPACE.matcher(lines.get(line)).replaceAll("");
      if (!piece.isEmpty()) {
        ids.put(piece, line);
      }
    }
    return ids;
  }

  private ObjectNode json(TokenizerConfig config) {
    Named unknown = role("unk_token", "[UNK]");
    Named begin = role("cls_token", "[CLS]");
    Named end = role("sep_token", "[SEP]");
    ObjectNode root = JSON.objectNode().put("version", "1.0");
    root.putNull("truncation").putNull("padding");
    root.set("added_tokens", SpecialTokens.addedTokens(tokens(unknown, begin, end), ids));
    root.set("normalizer", normalizer(config));
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    ObjectNode template = root.putObject("post_processor").put("type", "BertProcessing");
    template.putArray("sep").add(end.content()).add(ids.get(end.content()));
    template.putArray("cls").add(begin.content()).add(ids.get(begin.content()));
    ObjectNode model = root.putObject("model").put("type", "WordPiece");
    model.put("unk_token", unknown.content());
    model.put("continuing_subword_prefix", "##").put("max_input_chars_per_word", 100);
    ObjectNode vocabulary = model.putObject("vocab");
    ids.forEach(vocabulary::put);
    return root;
  }

  private Named role(String role, String standard) {
    return special.required(role, standard, file.subject(), ids::containsKey);
  }

  /** Those with a role, [PAD] and [MASK] if they are pieces. */
  private List<Named> tokens(Named unknown, Named begin, Named end) {
    List<Named> tokens = new ArrayList<>(List.of(unknown, begin, end));
    Map.of("pad_token", "[PAD]", "mask_token", "[MASK]")
        .forEach(
            (role, standard) -> {
              Named token =
                  special.named(role).orElseGet(() -> Named.plain(standard, file.subject()));
              if (ids.containsKey(token.content())) {
                tokens.add(token);
              }
            });
    return tokens;
  }

  private static ObjectNode normalizer(TokenizerConfig config) {
    ObjectNode normalizer = JSON.objectNode().put("type", "BertNormalizer");
    normalizer.put("clean_text", true);
    normalizer.put("handle_chinese_chars", config.flag("tokenize_chinese_chars", true));
    normalizer.put("lowercase", config.flag("do_lower_case", true));
    if (!config.has("strip_accents")) {
      return normalizer.putNull("strip_accents"); // as lower case
    }
    return normalizer.put("strip_accents", config.flag("strip_accents", true));
  }
}
