package dev.auscult.pretrain;

/** When training ends. */
public sealed interface TrainingLength {

  /** After so many passes over the training samples. */
  record Epochs(int count) implements TrainingLength {}

  /** After so many updates; the last epoch may be a part of one. */
  record Steps(long count) implements TrainingLength {}

  /** Updates in all. */
  default long steps(long stepsPerEpoch) {
    return this instanceof Epochs epochs ? epochs.count() * stepsPerEpoch : ((Steps) this).count();
  }
}
