package dev.auscult.adapt;

import dev.auscult.base.Progress;
import java.util.Map;

/**
 * Trains an adapter on labelled embeddings, or through the encoder that a task has. Pure: the same
 * task gives the same bits in any thread.
 */
public interface AdapterTrainer {

  /** The method. */
  AdaptationMethod method();

  /** Every setting that changes the result, by name. */
  Map<String, String> settings();

  /**
   * Trains.
   *
   * @param progress counts epochs or candidates
   * @throws dev.auscult.base.InterruptedRunException if the user asked to stop
   */
  Adaptation train(AdaptationTask task, Progress progress);
}
