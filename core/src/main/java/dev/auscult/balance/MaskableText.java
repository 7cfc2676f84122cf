package dev.auscult.balance;

import dev.auscult.balance.Masking.TextMask;
import dev.auscult.balance.Masking.TextPlayers;
import dev.auscult.base.ContentHash;
import dev.auscult.shapley.Coalition;
import dev.auscult.text.Tokenizer;
import dev.auscult.text.Tokens;
import dev.auscult.text.Tokens.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * A text whose players are some of its tokens: what an encoder reads when some of them are absent.
 * The text is read at the same position whoever is absent.
 */
final class MaskableText {
  private final List<Token> tokens;
  private final int[] positions;
  private final int pooled;
  private final boolean hides;
  private final int maskId;

  /**
   * @param tokens the text
   * @param plays which of its tokens the task lets play; special tokens never do
   * @param masking who plays, and what takes the place of an absent token
   * @param tokenizer whose vocabulary the mask is of
   * @param pooled where the text is read
   */
  MaskableText(
      Tokens tokens, Predicate<Token> plays, Masking masking, Tokenizer tokenizer, int pooled) {
    this.tokens = tokens.tokens();
    this.positions = positions(tokens, plays, masking.textPlayers());
    this.pooled = pooled;
    this.hides = masking.textMask() == TextMask.DROP;
    this.maskId =
        switch (masking.textMask()) {
          case TOKENIZER -> tokenizer.maskId();
          case PADDING, DROP -> tokenizer.padId();
          case ID_ZERO -> 0;
        };
  }

  private static int[] positions(Tokens tokens, Predicate<Token> plays, TextPlayers players) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < tokens.tokens().size(); i++) {
      Token token = tokens.tokens().get(i);
      if (token.special() ? players == TextPlayers.ALL_IDS : plays.test(token)) {
        found.add(i);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many tokens of a text play. */
  static int players(Tokens tokens, Predicate<Token> plays, TextPlayers players) {
    return positions(tokens, plays, players).length;
  }

  /** The number of tokens, special ones included. */
  int length() {
    return tokens.size();
  }

  /** The number of tokens that play. */
  int players() {
    return positions.length;
  }

  /** The players in the vocabulary's own spelling. */
  List<String> pieces() {
    return Arrays.stream(positions).mapToObj(at -> tokens.get(at).piece()).toList();
  }

  /** The position whose state becomes the embedding. */
  int pooled() {
    return pooled;
  }

  /** Whether absent tokens are hidden from attention and not replaced. */
  boolean hides() {
    return hides;
  }

  /** The ids with only some players present. */
  int[] ids(Coalition present) {
    int[] ids = tokens.stream().mapToInt(Token::id).toArray();
    for (int player = 0; player < positions.length && !hides; player++) {
      if (!present.contains(player) && !tokens.get(positions[player]).special()) {
        ids[positions[player]] = maskId;
      }
    }
    return ids;
  }

  /** For each id whether it is hidden when only some players are present. */
  boolean[] hidden(Coalition present) {
    boolean[] hidden = new boolean[tokens.size()];
    for (int player = 0; player < positions.length && hides; player++) {
      int at = positions[player];
      hidden[at] = !present.contains(player) && !tokens.get(at).special();
    }
    return hidden;
  }

  /** Identifies the text with its players and its mask: equal texts have equal passes. */
  ContentHash hash() {
    return ContentHash.of(
        "masked-text-1",
        Arrays.toString(tokens.stream().mapToInt(Token::id).toArray()),
        Arrays.toString(positions),
        hides ? "hidden" : "id " + maskId);
  }
}
