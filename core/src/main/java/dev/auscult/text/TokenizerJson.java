package dev.auscult.text;

import dev.auscult.base.InputException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A checked {@code tokenizer.json}. The native library ends the whole process on some files that
 * its own reader accepts, so nothing reaches it that has not been checked here; parts that encoding
 * does not need (decoder, padding, truncation, dropout) are taken out.
 */
final class TokenizerJson {
  /** Far above any vocabulary; ids beyond it would overflow embedding tables. */
  private static final int MAX_ID = 1 << 24;

  /** Far above what SentencePiece learns; longer ones would make splitting slow. */
  static final int MAX_PIECE = 512;

  private static final Set<String> MODELS = Set.of("BPE", "WordPiece", "Unigram");

  private final String subject;
  private final String text;
  private final Map<String, Integer> ids;
  private final @Nullable String unknown;
  private final @Nullable String padding;

  private TokenizerJson(String subject, ObjectNode root, Map<String, Integer> ids) {
    this.subject = subject;
    this.ids = ids;
    this.unknown = unknown(root.path("model"));
    this.padding = root.path("padding").path("pad_token").stringValue(null);
    this.text = encodingPartsOf(root).toString();
  }

  /**
   * Checks a tokenizer.
   *
   * @param subject what error messages call it
   * @throws InputException saying what is wrong or unsupported
   */
  static TokenizerJson of(String subject, JsonNode json) {
    JsonNode model = json.path("model");
    if (!(json instanceof ObjectNode root) || !model.isObject()) {
      throw new InputException(
          subject,
          "no \"model\"",
          "a tokenizer.json as the tokenizers library writes it",
          "check that it is the file you meant");
    }
    Map<String, Integer> ids = vocabulary(subject, typed(subject, model));
    checkModel(subject, model, ids);
    checkMerges(subject, model, ids);
    addedTokens(subject, json.path("added_tokens"), ids);
    new TokenizerComponents(subject, ids).check(root);
    return new TokenizerJson(subject, root, ids);
  }

  String subject() {
    return subject;
  }

  /** The JSON that the native library reads. */
  String text() {
    return text;
  }

  OptionalInt idOf(String piece) {
    Integer id = ids.get(piece);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** One more than the largest id. */
  int size() {
    return ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
  }

  Optional<String> unknownToken() {
    return Optional.ofNullable(unknown);
  }

  Optional<String> paddingToken() {
    return Optional.ofNullable(padding);
  }

  private static @Nullable String unknown(JsonNode model) {
    return isOfType(model, "Unigram")
        ? model.path("vocab").path(model.path("unk_id").intValue()).path(0).stringValue(null)
        : model.path("unk_token").stringValue(null);
  }

  private static ObjectNode encodingPartsOf(ObjectNode root) {
    ObjectNode copy = root.objectNode();
    root.properties().forEach(entry -> copy.set(entry.getKey(), entry.getValue()));
    copy.putNull("truncation").putNull("padding").putNull("decoder");
    if (copy.path("model").has("dropout")) {
      ObjectNode model = ((ObjectNode) root.path("model")).deepCopy();
      copy.set("model", model.putNull("dropout"));
    }
    return copy;
  }

  private static JsonNode typed(String subject, JsonNode model) {
    String type = model.path("type").stringValue("none");
    if (!MODELS.contains(type)) {
      throw new InputException(
          subject,
          "a model of type " + type,
          "BPE, WordPiece or Unigram",
          "use a checkpoint with one of these tokenizers");
    }
    return model;
  }

  private static Map<String, Integer> vocabulary(String subject, JsonNode model) {
    JsonNode vocab = model.path("vocab");
    if (isOfType(model, "Unigram")) {
      return scoredPieces(subject, model);
    }
    Map<String, Integer> ids = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    for (Map.Entry<String, JsonNode> entry : vocab.properties()) {
      int id = id(subject, entry.getKey(), entry.getValue());
      if (!taken.add(id)) {
        throw broken(subject, "two pieces with the id " + id, "one piece for each id");
      }
      ids.put(entry.getKey(), id);
    }
    if (!vocab.isObject() || ids.isEmpty()) {
      throw broken(subject, "no vocabulary", "an object of pieces and their ids");
    }
    return ids;
  }

  private static boolean isOfType(JsonNode model, String type) {
    return model.path("type").stringValue("").equals(type);
  }

  /** The pieces of a unigram model, which are a list of pairs; ids are positions. */
  private static Map<String, Integer> scoredPieces(String subject, JsonNode model) {
    Map<String, Integer> ids = new HashMap<>();
    for (JsonNode pair : model.path("vocab")) {
      String piece = pair.path(0).stringValue("");
      double score = pair.path(1).asDouble(Double.NaN);
      if (pair.size() != 2
          || piece.isEmpty()
          || piece.length() > MAX_PIECE
          || !pair.path(1).isNumber()
          || !isFinite(score)) {
        throw broken(
            subject,
            "piece %d (%.80s)".formatted(ids.size(), pair),
            "a piece of at most %d characters and its log probability".formatted(MAX_PIECE));
      }
      if (ids.put(piece, ids.size()) != null) {
        throw broken(subject, "the piece \"%s\" twice".formatted(piece), "each piece once");
      }
    }
    JsonNode unknown = model.path("unk_id");
    if (!unknown.isIntegralNumber()
        || !unknown.canConvertToInt()
        || unknown.intValue() < 0
        || unknown.intValue() >= ids.size()) {
      throw broken(
          subject,
          "unk_id %s".formatted(unknown),
          "the id of one of %d pieces".formatted(ids.size()));
    }
    return ids;
  }

  private static boolean isFinite(double number) {
    return Math.abs(number) <= Float.MAX_VALUE;
  }

  private static int id(String subject, String piece, JsonNode node) {
    if (!node.isIntegralNumber()
        || !node.canConvertToInt()
        || node.intValue() < 0
        || node.intValue() >= MAX_ID) {
      throw broken(
          subject,
          "the id %s for \"%s\"".formatted(node, piece),
          "an id from 0 to " + (MAX_ID - 1));
    }
    return node.intValue();
  }

  private static void checkModel(String subject, JsonNode model, Map<String, Integer> ids) {
    boolean wordPiece = isOfType(model, "WordPiece");
    String unknown = model.path("unk_token").stringValue(wordPiece ? "[UNK]" : null);
    if (unknown != null && !ids.containsKey(unknown)) {
      throw broken(
          subject,
          "the unknown token \"" + unknown + "\" missing from the vocabulary",
          "it to be there");
    }
    if (!wordPiece && !model.path("continuing_subword_prefix").stringValue("").isEmpty()) {
      throw unsupported(subject, "BPE with a continuing_subword_prefix", "BPE without it");
    }
    if (wordPiece && model.path("max_input_chars_per_word").intValue(100) > 10_000) {
      throw unsupported(subject, "max_input_chars_per_word above 10,000", "at most that");
    }
  }

  private static void checkMerges(String subject, JsonNode model, Map<String, Integer> ids) {
    int number = 0;
    for (JsonNode merge : model.path("merges")) {
      number++;
      String[] pair = pair(merge);
      if (pair.length != 2
          || !ids.containsKey(pair[0])
          || !ids.containsKey(pair[1])
          || !ids.containsKey(pair[0] + pair[1])) {
        throw broken(
            subject,
            "merge %d (%s)".formatted(number, merge),
            "two pieces of the vocabulary whose union is there too");
      }
    }
  }

  private static String[] pair(JsonNode merge) {
    if (merge.isString()) {
      return merge.stringValue().split(" ", -1);
    }
    return merge.isArray() && merge.size() == 2
        ? new String[] {merge.path(0).stringValue(""), merge.path(1).stringValue("")}
        : new String[0];
  }

  /** Adds them to {@code ids}; the library numbers new ones itself, so their ids must agree. */
  private static void addedTokens(String subject, JsonNode tokens, Map<String, Integer> ids) {
    int modelSize = ids.size();
    int largest = -1;
    for (JsonNode token : tokens) {
      String content = token.path("content").stringValue("");
      if (content.chars().noneMatch(c -> c > ' ' && c < 127)) {
        throw unsupported(
            subject, "the added token " + token, "one with at least one printable ASCII character");
      }
      int id = id(subject, content, token.path("id"));
      int given = ids.getOrDefault(content, Math.max(largest + 1, modelSize));
      if (id != given) {
        throw broken(
            subject, "id %d for the added token \"%s\"".formatted(id, content), "id " + given);
      }
      ids.put(content, id);
      largest = Math.max(largest, id);
    }
  }

  static InputException broken(String subject, String found, String expected) {
    return new InputException(subject, found, expected, "download or write the file again");
  }

  static InputException unsupported(String subject, String found, String expected) {
    return new InputException(
        subject, found, expected, "use a checkpoint with a tokenizer of that kind");
  }
}
