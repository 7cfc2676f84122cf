package dev.auscult.balance;

/**
 * How a score divides between text and image (Parcalabescu and Frank 2023, MM-SHAP).
 *
 * @param tscore {@code S_txt / (S_txt + S_img)}, from 0 to 1
 * @param deltaSe standard error of {@link #delta()}
 */
public record ModalityShare(double tscore, double deltaSe) {

  /**
   * The TScore of contributions; not a number where all are 0.
   *
   * @param phi those of the image's players, then those of the text's
   * @param imagePlayers how many are the image's
   */
  public static double tscore(double[] phi, int imagePlayers) {
    double image = 0;
    double text = 0;
    for (int player = 0; player < phi.length; player++) {
      if (player < imagePlayers) {
        image += Math.abs(phi[player]);
      } else {
        text += Math.abs(phi[player]);
      }
    }
    return text / (text + image);
  }

  /** {@code S_img / (S_txt + S_img)}. */
  public double iscore() {
    return 1 - tscore;
  }

  /** {@code TScore - IScore}: negative where the image dominates. */
  public double delta() {
    return 2 * tscore - 1;
  }
}
