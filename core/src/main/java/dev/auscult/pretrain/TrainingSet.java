package dev.auscult.pretrain;

import java.util.List;
import java.util.Map;

/**
 * The samples of all sources, split.
 *
 * @param training never empty
 * @param validation may be empty
 * @param heldOut how many samples belong to test splits
 * @param labels all different labels, sorted
 * @param skipped samples that could not be used
 * @param hashes the content hash of each source, by its place in the configuration
 */
record TrainingSet(
    List<PairedSample> training,
    List<PairedSample> validation,
    int heldOut,
    List<String> labels,
    List<PretrainResult.Skipped> skipped,
    Map<String, String> hashes) {}
