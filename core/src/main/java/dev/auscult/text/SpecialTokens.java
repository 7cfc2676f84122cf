package dev.auscult.text;

import dev.auscult.base.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The special tokens that a model's configuration names by role: {@code bos_token}, {@code
 * eos_token}, {@code pad_token}, {@code mask_token}, {@code unk_token}, {@code cls_token}, {@code
 * sep_token}.
 *
 * @param byRole role to token; roles the files leave out are absent
 * @param tokenizerClass the reference implementation's class, if the configuration names it
 */
record SpecialTokens(Map<String, Named> byRole, Optional<String> tokenizerClass) {
  private static final String[] ROLES = {
    "bos_token", "eos_token", "pad_token", "mask_token", "unk_token", "cls_token", "sep_token"
  };

  SpecialTokens {
    byRole = Map.copyOf(byRole);
  }

  /**
   * A token and how it is looked for in a text.
   *
   * @param normalized whether it is matched after normalisation (lower case) rather than before
   * @param subject the file that names it
   */
  record Named(
      String content,
      boolean normalized,
      boolean singleWord,
      boolean lstrip,
      boolean rstrip,
      String subject) {

    /** A token that is matched as it is written. */
    static Named plain(String content, String subject) {
      return new Named(content, false, false, false, false, subject);
    }
  }

  /**
   * The {@code added_tokens} of a {@code tokenizer.json}, by id.
   *
   * @param tokens pieces of the vocabulary; of two for one piece the last wins, as in the reference
   * @param ids of every piece
   */
  static ArrayNode addedTokens(List<Named> tokens, Map<String, Integer> ids) {
    Map<Integer, Named> byId = new TreeMap<>();
    tokens.forEach(token -> byId.put(ids.getOrDefault(token.content(), -1), token));
    ArrayNode added = JsonNodeFactory.instance.arrayNode();
    byId.forEach(
        (id, token) ->
            added
                .addObject()
                .put("id", id)
                .put("content", token.content())
                .put("single_word", token.singleWord())
                .put("lstrip", token.lstrip())
                .put("rstrip", token.rstrip())
                .put("normalized", token.normalized())
                .put("special", true));
    return added;
  }

  /** Reads both files; where both name a role, the configuration wins. */
  static SpecialTokens read(Optional<BoundedFile> config, Optional<BoundedFile> map) {
    Map<String, Named> byRole = new LinkedHashMap<>();
    map.ifPresent(file -> readRoles(file.subject(), file.json(), byRole));
    Optional<String> tokenizerClass = Optional.empty();
    if (config.isPresent()) {
      JsonNode json = config.get().json();
      readRoles(config.get().subject(), json, byRole);
      tokenizerClass = Optional.ofNullable(json.path("tokenizer_class").stringValue(null));
    }
    return new SpecialTokens(byRole, tokenizerClass);
  }

  Optional<Named> named(String role) {
    return Optional.ofNullable(byRole.get(role));
  }

  /**
   * The token of a role.
   *
   * @param standard what it is if the files do not say
   * @param vocabulary the file of pieces, for messages about the standard one
   * @throws InputException if it is no piece
   */
  Named required(String role, String standard, String vocabulary, Predicate<String> isPiece) {
    Named token = named(role).orElseGet(() -> Named.plain(standard, vocabulary));
    if (!isPiece.test(token.content())) {
      throw lacking(token, role);
    }
    return token;
  }

  static InputException lacking(Named token, String role) {
    return new InputException(
        token.subject(),
        "the %s %s, which the vocabulary lacks".formatted(role, token.content()),
        "a piece of the vocabulary",
        "use the files of one and the same model");
  }

  private static void readRoles(String subject, JsonNode json, Map<String, Named> byRole) {
    for (String role : ROLES) {
      JsonNode node = json.path(role);
      if (node.isMissingNode() || node.isNull()) {
        continue;
      }
      @Nullable String content =
          node.isString() ? node.stringValue() : node.path("content").stringValue(null);
      if (content == null || content.isEmpty()) {
        throw new InputException(
            subject,
            role + " of type " + node.getNodeType(),
            "a token, or an object with its \"content\"",
            "correct the entry or download the file again");
      }
      byRole.put(role, named(subject, content, declared(json, content).orElse(node)));
    }
  }

  /** The entry of {@code added_tokens_decoder}, which overrides the role's own flags. */
  private static Optional<JsonNode> declared(JsonNode json, String content) {
    return json.path("added_tokens_decoder")
        .valueStream()
        .filter(token -> token.path("content").stringValue("").equals(content))
        .findFirst();
  }

  private static Named named(String subject, String content, JsonNode flags) {
    return new Named(
        content,
        flag(flags, "normalized"),
        flag(flags, "single_word"),
        flag(flags, "lstrip"),
        flag(flags, "rstrip"),
        subject);
  }

  private static boolean flag(JsonNode node, String name) {
    return node.path(name).booleanValue(false);
  }
}
