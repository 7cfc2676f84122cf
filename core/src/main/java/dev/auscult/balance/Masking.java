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
  public enum TextPlayers implements Labelled {
    /** The text's own tokens; begin, end, [CLS] and [SEP] are always present and never players. */
    REAL_TOKENS("real-tokens"),
    /**
     * Every id. Special tokens are players without effect: they are always present, so their
     * contribution is 0.
     */
    ALL_IDS("all-ids");

    private final String label;

    TextPlayers(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }
  }

  /** What replaces an absent token. */
  public enum TextMask implements Labelled {
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

    @Override
    public String label() {
      return label;
    }
  }

  /** What replaces an absent cell. */
  public enum ImageMask implements Labelled {
    /** Zeros in the normalised input. */
    ZEROS("zeros"),
    /** The image's mean per channel. */
    MEAN("mean"),
    /** The blurred image (Gaussian, standard deviation one sixteenth of the input's side). */
    BLUR("blur"),
    /** Nothing: the patch tokens leave the sequence, the others keep their positions. */
    DROP("drop");

    private final String label;

    ImageMask(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }
  }

  /** The default: real tokens, the tokenizer's mask, native patches, zeros. */
  public static Masking faithful() {
    return new Masking(
        TextPlayers.REAL_TOKENS,
        TextMask.TOKENIZER,
        new ImagePlayers.NativeGrid(),
        ImageMask.ZEROS);
  }

  /** The same with other text players. */
  public Masking with(TextPlayers other) {
    return new Masking(other, textMask, imagePlayers, imageMask);
  }

  /** The same with another text mask. */
  public Masking with(TextMask other) {
    return new Masking(textPlayers, other, imagePlayers, imageMask);
  }

  /** The same with other image players. */
  public Masking with(ImagePlayers other) {
    return new Masking(textPlayers, textMask, other, imageMask);
  }

  /** The same with another image mask. */
  public Masking with(ImageMask other) {
    return new Masking(textPlayers, textMask, imagePlayers, other);
  }
}
