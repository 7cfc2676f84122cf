package dev.auscult.pretrain;

import java.nio.file.Path;
import java.util.List;

/**
 * What came of a training run.
 *
 * @param curves one row per epoch
 * @param bestEpoch the epoch with the lowest validation loss, or the last where nothing was
 *     validated
 * @param best the folder of that epoch's checkpoint, in Hugging Face layout
 * @param last the folder of the last epoch's checkpoint
 * @param trainingSamples how many samples were trained on
 * @param validationSamples how many validated
 * @param heldOut how many belong to the sources' test splits and were not touched
 * @param parameters scalar parameters of the model
 * @param images image presentations in all, the cost of the run
 * @param seconds wall time of the training loop over all parts of the run, validation included
 * @param skipped what could not be used, with the reason
 */
public record PretrainResult(
    List<EpochRow> curves,
    int bestEpoch,
    Path best,
    Path last,
    int trainingSamples,
    int validationSamples,
    int heldOut,
    long parameters,
    long images,
    double seconds,
    List<Skipped> skipped) {

  /** Copies the lists. */
  public PretrainResult {
    curves = List.copyOf(curves);
    skipped = List.copyOf(skipped);
  }

  /**
   * A sample that was left out.
   *
   * @param id with the source it comes from
   * @param reason one line
   */
  public record Skipped(String id, String reason) {}
}
