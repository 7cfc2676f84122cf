package dev.auscult.text;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The normalizers, pre-tokenizers and post-processors that are supported, and the conditions under
 * which the native library runs them without ending the process.
 */
final class TokenizerComponents {
  private static final Set<String> NORMALIZERS =
      Set.of(
          "BertNormalizer",
          "NFC",
          "NFD",
          "NFKC",
          "NFKD",
          "Lowercase",
          "StripAccents",
          "Strip",
          "Replace",
          "Precompiled",
          "Sequence");
  private static final Set<String> PRE_TOKENIZERS =
      Set.of(
          "BertPreTokenizer",
          "ByteLevel",
          "Split",
          "Whitespace",
          "WhitespaceSplit",
          "Digits",
          "Punctuation",
          "Metaspace",
          "Sequence");
  private static final Set<String> POST_PROCESSORS =
      Set.of("BertProcessing", "RobertaProcessing", "TemplateProcessing", "ByteLevel", "Sequence");

  private final String subject;
  private final Map<String, Integer> ids;

  TokenizerComponents(String subject, Map<String, Integer> ids) {
    this.subject = subject;
    this.ids = ids;
  }

  void check(JsonNode root) {
    boolean normalizedTokens =
        root.path("added_tokens").valueStream().anyMatch(TokenizerComponents::isNormalized);
    each(
        "normalizer",
        "normalizers",
        root.path("normalizer"),
        NORMALIZERS,
        component -> normalizer(component, normalizedTokens));
    each(
        "pre_tokenizer",
        "pretokenizers",
        root.path("pre_tokenizer"),
        PRE_TOKENIZERS,
        this::pattern);
    each(
        "post_processor",
        "processors",
        root.path("post_processor"),
        POST_PROCESSORS,
        this::template);
    if (templates(root.path("post_processor")) > 1) {
      throw TokenizerJson.unsupported(
          subject, "several post-processors that add special tokens", "at most one");
    }
  }

  private void each(
      String kind,
      String parts,
      JsonNode component,
      Set<String> supported,
      Consumer<JsonNode> rule) {
    if (component.isMissingNode() || component.isNull()) {
      return;
    }
    String type = component.path("type").stringValue("none");
    if (!supported.contains(type)) {
      throw TokenizerJson.unsupported(
          subject, "a %s of type %s".formatted(kind, type), "one of " + sorted(supported));
    }
    rule.accept(component);
    if (type.equals("Sequence")) {
      if (!component.path(parts).isArray()) {
        throw TokenizerJson.broken(subject, "a %s without %s".formatted(kind, parts), "a list");
      }
      component.path(parts).forEach(part -> each(kind, parts, part, supported, rule));
    }
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private static boolean isNormalized(JsonNode token) {
    return token.path("normalized").booleanValue(true);
  }

  /**
   * A token that is looked for in normalised text, and nothing when normalised, would be
   * everywhere.
   */
  private void normalizer(JsonNode component, boolean normalizedTokens) {
    pattern(component);
    boolean deletes =
        component.has("content") && component.path("content").stringValue("").isEmpty();
    if (deletes && normalizedTokens) {
      throw TokenizerJson.unsupported(
          subject,
          "a normalizer that deletes text beside added tokens that are normalized",
          "a replacement of at least one character, or no such token");
    }
    if (component.path("type").stringValue("").equals("Precompiled")) {
      characterMap(component.path("precompiled_charsmap").stringValue(""));
      if (normalizedTokens) {
        throw TokenizerJson.unsupported(
            subject, "a Precompiled normalizer beside added tokens that are normalized", "none");
      }
    }
  }

  private void characterMap(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (CharacterMap.read(ByteBuffer.wrap(bytes)).isPresent()) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw TokenizerJson.broken(
        subject,
        "a Precompiled normalizer whose precompiled_charsmap is damaged",
        "one as SentencePiece writes it");
  }

  private void pattern(JsonNode component) {
    JsonNode pattern = component.path("pattern");
    if (pattern.isMissingNode()) {
      return;
    }
    String regex = pattern.path("Regex").stringValue("");
    String literal = pattern.path("String").stringValue("");
    boolean usable = regex.isEmpty() ? !literal.isEmpty() : LinearRegex.accepts(regex);
    if (!usable) {
      throw TokenizerJson.unsupported(
          subject,
          "the pattern " + pattern,
          "a regular expression that cannot backtrack (one + or * per alternative, none on a"
              + " group)");
    }
  }

  private static int templates(JsonNode processor) {
    int inner = 0;
    for (JsonNode part : processor.path("processors")) {
      inner += templates(part);
    }
    return switch (processor.path("type").stringValue("")) {
      case "BertProcessing", "RobertaProcessing", "TemplateProcessing" -> 1;
      default -> inner;
    };
  }

  private void template(JsonNode processor) {
    switch (processor.path("type").stringValue("")) {
      case "BertProcessing", "RobertaProcessing" -> {
        special(processor.path("sep").path(0), processor.path("sep").path(1));
        special(processor.path("cls").path(0), processor.path("cls").path(1));
      }
      case "TemplateProcessing" -> singleTemplate(processor);
      default -> {
        // adds no tokens
      }
    }
  }

  /** {@code single} holds the text once, and special tokens that {@code special_tokens} defines. */
  private void singleTemplate(JsonNode processor) {
    int texts = 0;
    for (JsonNode piece : processor.path("single")) {
      if (piece.path("Sequence").path("id").stringValue("").equals("A")) {
        texts++;
        continue;
      }
      String name = piece.path("SpecialToken").path("id").stringValue("");
      JsonNode defined = processor.path("special_tokens").path(name);
      if (defined.path("ids").size() != 1 || defined.path("tokens").size() != 1) {
        throw TokenizerJson.unsupported(
            subject, "%s in the template".formatted(piece), "a special token with one id");
      }
      special(defined.path("tokens").path(0), defined.path("ids").path(0));
    }
    if (texts != 1) {
      throw TokenizerJson.unsupported(
          subject, "a template with the text %d times".formatted(texts), "once");
    }
  }

  private void special(JsonNode token, JsonNode id) {
    Integer known = ids.get(token.stringValue(""));
    if (known == null
        || !id.isIntegralNumber()
        || !id.canConvertToInt()
        || known != id.intValue()) {
      throw TokenizerJson.broken(
          subject,
          "the special token %s with id %s".formatted(token, id),
          known == null ? "a token of the vocabulary" : "id " + known);
    }
  }
}
