package dev.auscult.balance;

import dev.auscult.model.DualEncoder;
import dev.auscult.shapley.Coalition;
import dev.auscult.shapley.GameSide;
import dev.auscult.shapley.Vectors;
import dev.auscult.text.Tokens;
import dev.auscult.text.Tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A text whose players are some of its tokens: the absent are replaced by a mask id, and the text
 * is read at the same position whoever is absent.
 */
final class MaskableText implements GameSide {
  private final DualEncoder encoder;
  private final int[] ids;
  private final int[] positions;
  private final List<String> pieces;
  private final int maskId;
  private final int pooled;

  /**
   * @param encoder the model
   * @param tokens the text
   * @param player which of its tokens are players
   * @param maskId what replaces an absent token
   */
  MaskableText(DualEncoder encoder, Tokens tokens, Predicate<Token> player, int maskId) {
    List<Integer> found = new ArrayList<>();
    List<String> spelled = new ArrayList<>();
    for (int i = 0; i < tokens.tokens().size(); i++) {
      Token token = tokens.tokens().get(i);
      if (!token.special() && player.test(token)) {
        found.add(i);
        spelled.add(token.piece());
      }
    }
    this.encoder = encoder;
    this.ids = tokens.ids();
    this.positions = found.stream().mapToInt(Integer::intValue).toArray();
    this.pieces = List.copyOf(spelled);
    this.maskId = maskId;
    this.pooled = encoder.pooledPosition(ids);
  }

  @Override
  public int players() {
    return positions.length;
  }

  /** The players in the vocabulary's own spelling. */
  List<String> pieces() {
    return pieces;
  }

  @Override
  public Vectors encode(List<Coalition> coalitions) {
    int[][] rows = new int[coalitions.size()][];
    int[] pooledAt = new int[coalitions.size()];
    for (int c = 0; c < rows.length; c++) {
      rows[c] = masked(coalitions.get(c));
      pooledAt[c] = pooled;
    }
    float[] vectors = encoder.encodeTexts(rows, pooledAt).toArray();
    return new Vectors(rows.length, encoder.dimension(), vectors);
  }

  private int[] masked(Coalition present) {
    int[] row = ids.clone();
    for (int player = 0; player < positions.length; player++) {
      if (!present.contains(player)) {
        row[positions[player]] = maskId;
      }
    }
    return row;
  }
}
