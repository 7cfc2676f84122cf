package dev.auscult.pretrain;

import java.util.List;
import java.util.SplittableRandom;

/** Chooses the texts of a batch; the same for the same arguments. */
interface TextDraw {

  /**
   * The texts of one batch.
   *
   * @param images the samples whose images are in the batch
   * @param randoms one per image
   * @param batch the number of the batch, from 0
   * @param size how many images a batch has if all can be read
   */
  BatchTexts draw(List<PairedSample> images, List<SplittableRandom> randoms, long batch, int size);
}
