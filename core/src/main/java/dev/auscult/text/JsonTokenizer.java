package dev.auscult.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.text.SpecialTokens.Named;
import dev.auscult.text.Tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A {@code tokenizer.json} run by the native library. */
final class JsonTokenizer implements Tokenizer {
  private final NativeTokenizer library;
  private final int contextLength;
  private final int padId;
  private final int maskId;
  private final int vocabularySize;
  private final ContentHash hash;

  JsonTokenizer(TokenizerJson json, SpecialTokens special, int contextLength, ContentHash hash) {
    this.library = NativeTokenizer.open(json);
    this.contextLength = contextLength;
    this.vocabularySize = json.size();
    this.hash = hash;
    this.padId = paddingId(json, special);
    this.maskId = namedId(json, special, "mask_token", null, "[MASK]", "<mask>").orElse(padId);
    int added = library.encode("", true).getIds().length;
    if (added >= contextLength) {
      throw new InputException(
          json.subject(),
          "%d special tokens for a context of %d".formatted(added, contextLength),
          "a context with room for text",
          "correct the context length in the model's configuration");
    }
  }

  @Override
  public Tokens encode(String text) {
    Encoding encoding = library.encode(text, true);
    long[] ids = encoding.getIds();
    long[] special = encoding.getSpecialTokenMask();
    int specials = 0;
    for (long flag : special) {
      specials += flag == 1 ? 1 : 0;
    }
    int room = contextLength - specials;
    int dropped = Math.max(0, ids.length - contextLength);
    Utf16Offsets offsets = new Utf16Offsets(text);
    List<Token> tokens = new ArrayList<>(Math.min(ids.length, contextLength));
    for (int i = 0; i < ids.length; i++) {
      if (special[i] == 1) {
        tokens.add(new Token((int) ids[i], encoding.getTokens()[i], 0, 0, true));
      } else if (room-- > 0) {
        tokens.add(token(encoding, i, offsets));
      }
    }
    return new Tokens(tokens, dropped);
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
    return maskId;
  }

  @Override
  public int vocabularySize() {
    return vocabularySize;
  }

  @Override
  public ContentHash hash() {
    return hash;
  }

  private static Token token(Encoding encoding, int index, Utf16Offsets offsets) {
    CharSpan span = encoding.getCharTokenSpans()[index];
    int start = offsets.of(span.getStart());
    int end = offsets.of(span.getEnd());
    return new Token(
        (int) encoding.getIds()[index], encoding.getTokens()[index], start, end, false);
  }

  private static int paddingId(TokenizerJson json, SpecialTokens special) {
    String padding = json.paddingToken().orElse(null);
    String unknown = json.unknownToken().orElse(null);
    OptionalInt id = namedId(json, special, "pad_token", padding, "[PAD]", "<pad>", "<|pad|>");
    if (id.isEmpty()) {
      id = namedId(json, special, "unk_token", unknown, "[UNK]", "<unk>");
    }
    return id.orElseThrow(
        () ->
            new InputException(
                json.subject(),
                "neither a padding nor an unknown token",
                "one of them, for masked and padded positions",
                "name the model's pad_token in tokenizer_config.json"));
  }

  /** The configuration's token for a role, else the tokenizer's own, else a customary one. */
  private static OptionalInt namedId(
      TokenizerJson json,
      SpecialTokens special,
      String role,
      @Nullable String own,
      String... customary) {
    Optional<Named> named = special.named(role);
    if (named.isPresent()) {
      OptionalInt id = json.idOf(named.get().content());
      if (id.isEmpty()) {
        throw SpecialTokens.lacking(named.get(), role);
      }
      return id;
    }
    if (own != null && json.idOf(own).isPresent()) {
      return json.idOf(own);
    }
    for (String piece : customary) {
      if (json.idOf(piece).isPresent()) {
        return json.idOf(piece);
      }
    }
    return OptionalInt.empty();
  }
}
