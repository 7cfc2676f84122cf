package dev.auscult.balance;

/**
 * How a score divides between text and image (Parcalabescu and Frank 2023, MM-SHAP).
 *
 * @param tscore {@code S_txt / (S_txt + S_img)}, from 0 to 1
 * @param deltaSe standard error of {@link #delta()}
 */
public record ModalityShare(double tscore, double deltaSe) {

  /** {@code S_img / (S_txt + S_img)}. */
  public double iscore() {
    return 1 - tscore;
  }

  /** {@code TScore - IScore}: negative where the image dominates. */
  public double delta() {
    return 2 * tscore - 1;
  }
}
