package dev.auscult.pretrain;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Where a run is, beside weights and moments. Random numbers have no state of their own: what is
 * drawn depends on the seed, the epoch and the sample.
 *
 * @param step updates so far
 * @param images image presentations so far
 * @param lossSum sum of the losses since the last row of the curves
 * @param lossCount how many
 * @param curves the rows so far
 * @param bestEpoch the epoch of the best checkpoint, 0 before there is one
 * @param bestLoss its validation loss
 * @param seconds time spent training so far
 * @param skipped what could not be read so far
 * @param entries configuration and data hashes; a run is resumed with equal ones only
 */
record RunState(
    long step,
    long images,
    double lossSum,
    long lossCount,
    List<EpochRow> curves,
    int bestEpoch,
    OptionalDouble bestLoss,
    double seconds,
    List<PretrainResult.Skipped> skipped,
    Map<String, String> entries) {}
