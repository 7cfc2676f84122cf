package dev.auscult.balance;

import dev.auscult.balance.Masking.ImageMask;
import dev.auscult.balance.Masking.ImagePlayers;
import dev.auscult.balance.Masking.TextMask;
import dev.auscult.balance.Masking.TextPlayers;
import dev.auscult.base.InputException;

/** Refuses what a configuration can express but this version does not run. */
final class AvailableChoices {
  private AvailableChoices() {}

  static void check(BalanceConfig config) {
    if (config.preset() != Preset.FAITHFUL) {
      throw unavailable("preset", config.preset().label(), Preset.FAITHFUL.label());
    }
    Masking masking = config.masking();
    if (masking.textPlayers() != TextPlayers.REAL_TOKENS) {
      throw unavailable(
          "text players", masking.textPlayers().label(), TextPlayers.REAL_TOKENS.label());
    }
    if (masking.textMask() == TextMask.DROP) {
      throw unavailable("text mask", masking.textMask().label(), TextMask.TOKENIZER.label());
    }
    if (masking.imagePlayers() != ImagePlayers.NATIVE_GRID) {
      throw unavailable(
          "image players", masking.imagePlayers().label(), ImagePlayers.NATIVE_GRID.label());
    }
    if (masking.imageMask() != ImageMask.ZEROS) {
      throw unavailable("image mask", masking.imageMask().label(), ImageMask.ZEROS.label());
    }
  }

  private static InputException unavailable(String option, String found, String expected) {
    return new InputException(
        option,
        "\"" + found + "\", which this version does not run",
        "\"" + expected + "\"",
        "use that");
  }
}
