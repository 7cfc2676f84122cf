package dev.auscult.pretrain;

import dev.auscult.image.PixelBatch;
import java.util.List;

/**
 * What one update is computed from.
 *
 * @param samples the numbers of the samples in the batch, in order
 * @param pixels {@code [n, 3, size, size]}
 * @param skipped samples whose image could not be read; they are not in the batch
 */
record Batch(
    List<Integer> samples,
    PixelBatch pixels,
    BatchTexts texts,
    List<PretrainResult.Skipped> skipped) {}
