package dev.auscult.pretrain;

/**
 * The learning rate over a run: a linear rise {@code peak (step + 1) / warmup}, then half a cosine
 * down to 0 after the last step (Loshchilov and Hutter 2017, without restarts).
 *
 * @param peak the highest rate
 * @param warmup steps of the rise; 0 for none
 * @param total steps of the whole run
 */
public record LearningRate(double peak, long warmup, long total) {

  /** Checks the values. */
  public LearningRate {
    if (!(peak > 0) || warmup < 0 || total < 1) {
      throw new IllegalArgumentException(
          "a peak of %s with %d of %d steps of warm-up".formatted(peak, warmup, total));
    }
  }

  /** The rate of the update numbered {@code step}, from 0. */
  public double at(long step) {
    if (step < warmup) {
      return peak * (step + 1) / warmup;
    }
    double done = (double) (step - warmup) / Math.max(1, total - warmup);
    return peak * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done)));
  }
}
