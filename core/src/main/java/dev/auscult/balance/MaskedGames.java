package dev.auscult.balance;

import dev.auscult.image.RgbImage;
import dev.auscult.model.DualEncoder;
import dev.auscult.shapley.BilinearGame;
import dev.auscult.shapley.GameSide;
import dev.auscult.text.Tokens;

/**
 * The games that images and texts are under one model and masking, for any estimator of {@code
 * dev.auscult.shapley}. A side remembers what it has encoded.
 *
 * @param encoder the model
 * @param masking who plays, and what takes the place of an absent player
 */
public record MaskedGames(DualEncoder encoder, Masking masking) {

  /** The game of an image and a text: logit scale times cosine. */
  public BilinearGame of(RgbImage image, String text) {
    GameSide side = text(text);
    return new BilinearGame(image(image, side.players()), side, encoder.logitScale());
  }

  /**
   * An image's side of the game.
   *
   * @param textPlayers of the text it meets; some maskings choose the cells by it
   */
  public GameSide image(RgbImage image, int textPlayers) {
    MaskableImage maskable =
        new MaskableImage(
            encoder.imageTransform().apply(image),
            encoder.patchGrid(),
            masking.imagePlayers().cells(encoder.patchGrid(), textPlayers),
            masking.imageMask());
    return EncoderPasses.images(encoder, () -> {}).open(maskable).side();
  }

  /** A text's side of the game; all its tokens but special ones play. */
  public GameSide text(String text) {
    Tokens tokens = encoder.tokenizer().encode(text);
    int pooled = encoder.pooledPosition(tokens.ids());
    MaskableText maskable =
        new MaskableText(tokens, token -> true, masking, encoder.tokenizer(), pooled);
    return EncoderPasses.texts(encoder, () -> {}).open(maskable).side();
  }
}
