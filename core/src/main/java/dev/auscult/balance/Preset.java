package dev.auscult.balance;

import dev.auscult.base.InputException;
import java.util.Arrays;

/** A named set of choices for everything the published method leaves open. */
public enum Preset {
  /** Our choices, see {@link BalanceConfig#faithful}. */
  FAITHFUL("faithful"),
  /** As the code of Parcalabescu and Frank 2023 does. */
  MM_SHAP_2023("mm-shap-2023"),
  /** As the medical CLIP study of 2026 describes. */
  PAPER_2026("paper-2026");

  private final String label;

  Preset(String label) {
    this.label = label;
  }

  /** As the command line and results name it. */
  public String label() {
    return label;
  }

  /**
   * The preset called {@code label}.
   *
   * @throws InputException if there is none of that name
   */
  public static Preset named(String label) {
    return Arrays.stream(values())
        .filter(preset -> preset.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "--preset",
                    "\"" + label + "\"",
                    "one of " + Arrays.stream(values()).map(Preset::label).toList(),
                    "use --preset faithful"));
  }
}
