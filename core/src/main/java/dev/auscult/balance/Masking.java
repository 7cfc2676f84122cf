package dev.auscult.balance;

/**
 * Who plays, and what takes the place of an absent player.
 *
 * @param textPlayers which tokens are players
 * @param textMask what replaces an absent token
 * @param imagePlayers which cells of the image are players
 * @param imageMask what replaces an absent cell
 */
public record Masking(
    TextPlayers textPlayers, TextMask textMask, ImagePlayers imagePlayers, ImageMask imageMask) {

  /** Which tokens are players. */
  public enum TextPlayers {
    /** The text's own tokens; begin, end, [CLS] and [SEP] are always present and never players. */
    REAL_TOKENS("real-tokens"),
    /** Every id, special tokens included. */
    ALL_IDS("all-ids");

    private final String label;

    TextPlayers(String label) {
      this.label = label;
    }

    /** As results name it. */
    public String label() {
      return label;
    }
  }

  /** What replaces an absent token. */
  public enum TextMask {
    /** The tokenizer's own mask, else padding, else unknown token. */
    TOKENIZER("tokenizer-mask"),
    /** Id 0, whatever the vocabulary says it is. */
    ID_ZERO("id-zero"),
    /** The padding id. */
    PADDING("padding"),
    /** Nothing: the token is hidden from attention. */
    DROP("drop");

    private final String label;

    TextMask(String label) {
      this.label = label;
    }

    /** As results name it. */
    public String label() {
      return label;
    }
  }

  /** Which cells of the image are players. */
  public enum ImagePlayers {
    /** The encoder's own patches. */
    NATIVE_GRID("native-grid"),
    /** p x p cells with p the rounded-up square root of the number of text players. */
    SQUARE_OF_TOKENS("sqrt");

    private final String label;

    ImagePlayers(String label) {
      this.label = label;
    }

    /** As results name it. */
    public String label() {
      return label;
    }
  }

  /** What replaces an absent cell. */
  public enum ImageMask {
    /** Zeros in the normalised input. */
    ZEROS("zeros"),
    /** The image's mean per channel. */
    MEAN("mean"),
    /** The blurred image. */
    BLUR("blur"),
    /** Nothing: the patch token leaves the sequence. */
    DROP("drop");

    private final String label;

    ImageMask(String label) {
      this.label = label;
    }

    /** As results name it. */
    public String label() {
      return label;
    }
  }

  /** The default: real tokens, the tokenizer's mask, native patches, zeros. */
  public static Masking faithful() {
    return new Masking(
        TextPlayers.REAL_TOKENS, TextMask.TOKENIZER, ImagePlayers.NATIVE_GRID, ImageMask.ZEROS);
  }
}
