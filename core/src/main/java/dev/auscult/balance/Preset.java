package dev.auscult.balance;

import dev.auscult.balance.Masking.ImageMask;
import dev.auscult.balance.Masking.TextMask;
import dev.auscult.balance.Masking.TextPlayers;
import java.util.OptionalInt;

/** A named set of choices for everything the published method leaves open. */
public enum Preset implements Labelled {
  /** Our choices. */
  FAITHFUL("faithful"),
  /** As the code of Parcalabescu and Frank 2023 does. */
  MM_SHAP_2023("mm-shap-2023"),
  /** As the medical CLIP study of 2026 describes, with the budget that its figures allow. */
  PAPER_2026("paper-2026");

  private final String label;

  Preset(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /** Who plays, and what takes the place of the absent. */
  public Masking masking() {
    return switch (this) {
      case FAITHFUL -> Masking.faithful();
      case MM_SHAP_2023 ->
          new Masking(
              TextPlayers.ALL_IDS,
              TextMask.ID_ZERO,
              new ImagePlayers.SquareWithMargin(),
              ImageMask.ZEROS);
      case PAPER_2026 ->
          new Masking(
              TextPlayers.ALL_IDS,
              TextMask.PADDING,
              new ImagePlayers.NativeGrid(),
              ImageMask.ZEROS);
    };
  }

  /** How contributions are estimated. */
  public Estimator estimator() {
    return switch (this) {
      case FAITHFUL -> Estimator.standard();
      case MM_SHAP_2023 -> new Estimator.Permutation(OptionalInt.of(10));
      case PAPER_2026 -> new Estimator.Permutation(OptionalInt.of(1));
    };
  }

  /**
   * The preset called {@code label}.
   *
   * @throws dev.auscult.base.InputException if there is none of that name
   */
  public static Preset named(String label) {
    return Labelled.named(Preset.class, "--preset", label);
  }
}
