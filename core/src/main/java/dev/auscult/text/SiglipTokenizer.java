package dev.auscult.text;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.text.SpecialTokens.Named;
import dev.auscult.text.Tokens.Token;
import dev.auscult.text.UnigramPieces.Found;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of SigLIP (Zhai et al. 2023) from its {@code spiece.model}, with the rules of
 * transformers' {@code SiglipTokenizer}: lower case, ASCII punctuation removed, white space
 * collapsed, SentencePiece, one end token. As there, a text is encoded behind the unknown token's
 * spelling, whose pieces are then dropped, and a special token in the text interrupts it.
 */
final class SiglipTokenizer implements Tokenizer {
  private static final String END = "</s>";
  private static final String UNKNOWN = "<unk>";
  private static final Pattern ESCAPED_SPACE = Pattern.compile(SentencePieceNormalizer.SPACE);

  private final SentencePieceModel model;
  private final SentencePieceNormalizer normalizer;
  private final UnigramPieces pieces;
  private final boolean lowerCase;
  private final Map<String, Special> specials = new LinkedHashMap<>();
  private final Pattern specialPattern;
  private final String unknown;
  private final int unknownLength;
  private final Special end;
  private final int padId;
  private final int contextLength;
  private final ContentHash hash;

  /** A token that is looked for in the text. */
  private record Special(Named token, int id) {}

  SiglipTokenizer(
      BoundedFile file,
      SpecialTokens special,
      boolean lowerCase,
      int contextLength,
      ContentHash hash) {
    this.model = SentencePieceModel.read(file);
    this.normalizer = new SentencePieceNormalizer(model);
    this.pieces = new UnigramPieces(model);
    this.lowerCase = lowerCase;
    this.contextLength = contextLength;
    this.hash = hash;
    this.end = special(special, "eos_token", END, file);
    this.unknown = special(special, "unk_token", UNKNOWN, file).token().content();
    this.padId = special(special, "pad_token", END, file).id();
    this.specialPattern =
        Pattern.compile(
            specials.keySet().stream()
                .sorted((a, b) -> b.length() - a.length())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    this.unknownLength = pieces.split(normalizer.normalize(MappedText.of(unknown)).text()).size();
    if (contextLength < 2) {
      throw new InputException(
          file.subject(),
          "a context of " + contextLength,
          "a context with room for text and an end token",
          "correct the context length in the model's configuration");
    }
  }

  private Special special(SpecialTokens files, String role, String standard, BoundedFile file) {
    Named token =
        files
            .named(role)
            .orElseGet(() -> new Named(standard, false, false, true, true, file.subject()));
    OptionalInt id = idOf(token.content());
    if (id.isEmpty()) {
      throw SpecialTokens.lacking(token, role);
    }
    Special known = new Special(token, id.getAsInt());
    specials.put(token.content(), known);
    return known;
  }

  private OptionalInt idOf(String piece) {
    for (int id = 0; id < model.pieces().size(); id++) {
      if (model.pieces().get(id).text().equals(piece)) {
        return OptionalInt.of(id);
      }
    }
    return OptionalInt.empty();
  }

  @Override
  public Tokens encode(String source) {
    List<Token> tokens = new ArrayList<>();
    MappedText text =
        MappedText.of(source).replaceAll(ESCAPED_SPACE, " ").prepend(SentencePieceNormalizer.SPACE);
    Matcher matcher = specialPattern.matcher(text.text());
    int from = 0;
    @Nullable Named before = null;
    while (matcher.find()) {
      Special special = Objects.requireNonNull(specials.get(matcher.group()));
      addText(text.substring(from, matcher.start()), before, special.token(), tokens);
      tokens.add(token(special.id(), text, matcher.start(), matcher.end()));
      before = special.token();
      from = matcher.end();
    }
    addText(text.substring(from, text.length()), before, null, tokens);
    return truncated(tokens);
  }

  /** Adds the pieces of the text between two special tokens. */
  private void addText(
      MappedText between, @Nullable Named before, @Nullable Named after, List<Token> tokens) {
    MappedText text = between;
    if (before != null && before.rstrip()) {
      text = text.replaceAll(PythonText.SPACE_BEFORE, "");
    }
    if (after != null && after.lstrip()) {
      text = text.replaceAll(PythonText.SPACE_AFTER, "");
    }
    if (text.length() > 0) {
      MappedText prepared = normalizer.normalize(canonical(text).prepend(unknown));
      List<Found> found = pieces.split(prepared.text());
      int dropped = found.size() < unknownLength ? 0 : unknownLength;
      found.stream().skip(dropped).map(piece -> token(piece, prepared)).forEach(tokens::add);
    }
  }

  private MappedText canonical(MappedText text) {
    MappedText lower = lowerCase ? text.toLowerCase() : text;
    return PythonText.collapse(lower.replaceAll(PythonText.PUNCTUATION, ""));
  }

  private Token token(Found piece, MappedText text) {
    return token(piece.id(), text, piece.start(), piece.end());
  }

  private Token token(int id, MappedText text, int from, int to) {
    String spelling = model.pieces().get(id).text();
    return new Token(id, spelling, text.start(from), text.end(to - 1), false);
  }

  /** Cuts to the context, and adds the end token unless what is left ends in one. */
  private Tokens truncated(List<Token> tokens) {
    int whole = tokens.size() + (endsInEnd(tokens) ? 0 : 1);
    List<Token> kept =
        new ArrayList<>(tokens.subList(0, Math.min(tokens.size(), contextLength - 1)));
    if (!endsInEnd(kept)) {
      kept.add(new Token(end.id(), end.token().content(), 0, 0, true));
    }
    return new Tokens(kept, whole - kept.size());
  }

  private boolean endsInEnd(List<Token> tokens) {
    return !tokens.isEmpty() && tokens.get(tokens.size() - 1).id() == end.id();
  }

  @Override
  public int contextLength() {
    return contextLength;
  }

  @Override
  public int padId() {
    return padId;
  }

  @Override
  public int maskId() {
    return padId;
  }

  @Override
  public int vocabularySize() {
    return model.pieces().size();
  }

  @Override
  public ContentHash hash() {
    return hash;
  }
}
