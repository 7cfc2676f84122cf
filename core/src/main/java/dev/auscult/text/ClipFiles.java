package dev.auscult.text;

import dev.auscult.base.InputException;
import dev.auscult.text.SpecialTokens.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokenizer of CLIP (Radford et al. 2021) as a {@code tokenizer.json}: NFC, white space
 * collapsed, lower case; words, single digits and runs of symbols; byte-level BPE whose last piece
 * of a word ends in {@code </w>}; begin and end token around the text.
 */
final class ClipFiles {
  static final String BEGIN = "<|startoftext|>";
  static final String END = "<|endoftext|>";

  /** Contractions, words, single digits, runs of symbols. */
  static final String WORDS = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

  private static final String WORDS_AND_SPECIAL = "<\\|startoftext\\|>|<\\|endoftext\\|>|" + WORDS;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ClipFiles() {}

  /** The tokenizer that {@code vocab.json} and {@code merges.txt} of a CLIP model stand for. */
  static TokenizerJson read(BoundedFile vocabulary, BoundedFile merges, SpecialTokens special) {
    JsonNode pieces = vocabulary.json();
    String type = special.tokenizerClass().orElse("CLIPTokenizer");
    boolean suffixed = pieces.propertyNames().stream().anyMatch(piece -> piece.endsWith("</w>"));
    if (!suffixed || !type.toUpperCase(Locale.ROOT).contains("CLIP")) {
      throw new InputException(
          vocabulary.subject(),
          suffixed ? "the vocabulary of a " + type : "no piece that ends in </w>",
          "the vocabulary of a CLIP model",
          "save the tokenizer as tokenizer.json beside it");
    }
    Named begin = special.required("bos_token", BEGIN, vocabulary.subject(), pieces::has);
    Named end = special.required("eos_token", END, vocabulary.subject(), pieces::has);
    Named unknown = special.required("unk_token", END, vocabulary.subject(), pieces::has);
    Named padding = special.required("pad_token", END, vocabulary.subject(), pieces::has);
    ObjectNode json =
        json((ObjectNode) pieces, lines(merges), begin, end, List.of(unknown, padding));
    ((ObjectNode) json.path("model")).put("unk_token", unknown.content());
    return TokenizerJson.of(vocabulary.subject(), json);
  }

  /**
   * A complete tokenizer.
   *
   * @param pieces piece to id, special tokens included
   * @param merges two pieces with a space between, most important first
   * @param more special tokens beside begin and end
   */
  static ObjectNode json(
      ObjectNode pieces, List<String> merges, Named begin, Named end, List<Named> more) {
    ObjectNode root = JSON.objectNode().put("version", "1.0");
    root.putNull("truncation").putNull("padding");
    root.set("added_tokens", addedTokens(pieces, begin, end, more));
    root.set("normalizer", normalizer());
    root.set("pre_tokenizer", preTokenizer(WORDS_AND_SPECIAL));
    ObjectNode template = root.putObject("post_processor").put("type", "RobertaProcessing");
    template.putArray("sep").add(end.content()).add(pieces.path(end.content()));
    template.putArray("cls").add(begin.content()).add(pieces.path(begin.content()));
    template.put("trim_offsets", false).put("add_prefix_space", false);
    root.set("decoder", byteLevel(true));
    root.set("model", model(pieces, merges));
    return root;
  }

  private static List<String> lines(BoundedFile file) {
    List<String> merges = new ArrayList<>();
    int number = 0;
    for (String line : file.text().lines().toList()) {
      number++;
      if (line.startsWith("#version") || line.isBlank()) {
        continue;
      }
      if (line.split(" ", -1).length != 2) {
        throw new InputException(
            file.subject() + " line " + number,
            "\"" + line + "\"",
            "two pieces with one space between",
            "download the file again");
      }
      merges.add(line);
    }
    return merges;
  }

  private static ArrayNode addedTokens(
      ObjectNode pieces, Named begin, Named end, List<Named> more) {
    List<Named> all = new ArrayList<>(List.of(begin, end));
    all.addAll(more);
    Map<String, Integer> ids = new HashMap<>();
    all.forEach(token -> ids.put(token.content(), pieces.path(token.content()).intValue(-1)));
    return SpecialTokens.addedTokens(all, ids);
  }

  private static ObjectNode normalizer() {
    ObjectNode sequence = JSON.objectNode().put("type", "Sequence");
    ArrayNode steps = sequence.putArray("normalizers");
    steps.addObject().put("type", "NFC");
    ObjectNode whiteSpace = steps.addObject().put("type", "Replace");
    whiteSpace.putObject("pattern").put("Regex", "\\s+");
    whiteSpace.put("content", " ");
    steps.addObject().put("type", "Lowercase");
    return sequence;
  }

  static ObjectNode preTokenizer(String words) {
    ObjectNode sequence = JSON.objectNode().put("type", "Sequence");
    ArrayNode steps = sequence.putArray("pretokenizers");
    ObjectNode split = steps.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", words);
    split.put("behavior", "Removed").put("invert", true);
    steps.add(byteLevel(false));
    return sequence;
  }

  private static ObjectNode byteLevel(boolean prefixSpace) {
    return JSON.objectNode()
        .put("type", "ByteLevel")
        .put("add_prefix_space", prefixSpace)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private static ObjectNode model(ObjectNode pieces, List<String> merges) {
    ObjectNode model = JSON.objectNode().put("type", "BPE");
    model.putNull("dropout").put("unk_token", END);
    model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "</w>");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    model.set("vocab", pieces);
    ArrayNode array = model.putArray("merges");
    merges.forEach(array::add);
    return model;
  }
}
