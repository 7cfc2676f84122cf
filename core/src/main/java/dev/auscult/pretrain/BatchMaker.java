package dev.auscult.pretrain;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelBatch;
import dev.auscult.image.RgbImage;
import dev.auscult.pretrain.PretrainConfig.Augmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes batches of samples. What is random about a sample in an epoch depends on the seed, the
 * epoch and the sample only, so that any batch can be made again at any time.
 */
final class BatchMaker {
  private final List<PairedSample> samples;
  private final ImageCache images;
  private final ImageTransform transform;
  private final TextDraw texts;

  BatchMaker(
      List<PairedSample> samples, ImageTransform transform, TextDraw texts, long cacheBytes) {
    this.samples = samples;
    this.images = new ImageCache(samples, transform, cacheBytes);
    this.transform = transform;
    this.texts = texts;
  }

  /**
   * Reads and tokenises samples.
   *
   * @param number of the batch, from 0
   * @param chosen samples by number
   * @param epoch the seed of the pass over the samples
   * @return the batch; empty if no image could be read
   */
  Batch make(long number, int[] chosen, Seed epoch, Augmentation augmentation) {
    List<Integer> present = new ArrayList<>();
    List<PixelBatch> pixels = new ArrayList<>();
    List<PretrainResult.Skipped> skipped = new ArrayList<>();
    List<SplittableRandom> randoms = new ArrayList<>();
    for (int index : chosen) {
      PairedSample sample = samples.get(index);
      SplittableRandom random = epoch.derive(index).random();
      try {
        pixels.add(transform.apply(varied(images.get(index), augmentation, random)));
      } catch (InputException e) {
        skipped.add(new PretrainResult.Skipped(sample.id(), String.valueOf(e.getMessage())));
        continue;
      }
      randoms.add(random);
      present.add(index);
    }
    PixelBatch stacked =
        pixels.isEmpty() ? new PixelBatch(0, 3, 0, 0, new float[0]) : PixelBatch.stack(pixels);
    List<PairedSample> shown = present.stream().map(samples::get).toList();
    return new Batch(present, stacked, texts.draw(shown, randoms, number, chosen.length), skipped);
  }

  private static RgbImage varied(
      RgbImage image, Augmentation augmentation, SplittableRandom random) {
    return augmentation.changesNothing()
        ? image
        : ImageVariation.draw(augmentation, image.width(), random).apply(image);
  }
}
