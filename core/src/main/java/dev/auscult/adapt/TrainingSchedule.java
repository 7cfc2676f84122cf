package dev.auscult.adapt;

/**
 * How long and how fast is trained.
 *
 * @param epochs passes over the training split
 * @param batch samples per update, fewer where there are not as many; a last partial batch counts
 * @param learningRate of Adam
 */
public record TrainingSchedule(int epochs, int batch, double learningRate) {
  /** 150 epochs at 1e-3, as SCALE was published, in batches of 64. */
  public static final TrainingSchedule STANDARD = new TrainingSchedule(150, 64, 1e-3);

  /** Checks the numbers. */
  public TrainingSchedule {
    if (epochs < 1 || batch < 1 || !(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new IllegalArgumentException(
          "%d epochs, batches of %d, learning rate %s".formatted(epochs, batch, learningRate));
    }
  }
}
