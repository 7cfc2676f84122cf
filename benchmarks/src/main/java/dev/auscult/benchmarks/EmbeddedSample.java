package dev.auscult.benchmarks;

import dev.auscult.base.Seed;
import dev.auscult.checkpoint.SafetensorsWriter;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what a checkpoint computes for a few inputs, for conformance/check_written_checkpoint.py
 * to compare with transformers.
 */
public final class EmbeddedSample {
  private static final int IMAGES = 6;

  private static final List<String> TEXTS =
      List.of(
          "A chest radiograph with no finding.",
          "Left-sided pleural effusion; small, blunting the costophrenic angle",
          "CARDIOMEGALY",
          "atelectasis of the right lower lobe?",
          "consolidation (upper lobe), 3.5 cm",
          "",
          "the same words again and again ".repeat(40));

  private EmbeddedSample() {}

  /** Arguments: the checkpoint's folder, the file to write. */
  public static void main(String[] arguments) throws IOException {
    Compute.standard().apply();
    try (DualEncoder encoder = Models.load(arguments[0], Compute.standard())) {
      write(encoder, Path.of(arguments[1]));
    }
  }

  private static void write(DualEncoder encoder, Path target) throws IOException {
    int size = encoder.patchGrid().imageSize();
    PixelBatch pixels = pixels(size);
    int[][] ids =
        TEXTS.stream().map(t -> encoder.tokenizer().encode(t).ids()).toArray(int[][]::new);
    int longest = Arrays.stream(ids).mapToInt(row -> row.length).max().orElseThrow();
    long[] padded = new long[ids.length * longest];
    Arrays.fill(padded, encoder.tokenizer().padId());
    for (int i = 0; i < ids.length; i++) {
      for (int j = 0; j < ids[i].length; j++) {
        padded[i * longest + j] = ids[i][j];
      }
    }
    long texts = TEXTS.size();
    new SafetensorsWriter()
        .metadata("texts", JsonMapper.shared().writeValueAsString(TEXTS))
        .addFloats("pixels", List.of((long) IMAGES, 3L, (long) size, (long) size), pixels.values())
        .addLongs("ids", List.of(texts, (long) longest), padded)
        .addLongs(
            "lengths", List.of(texts), Arrays.stream(ids).mapToLong(row -> row.length).toArray())
        .addMatrix("image_embeds", encoder.encodeImages(pixels))
        .addMatrix("text_embeds", encoder.encodeTexts(ids))
        .addFloats("logit_scale", List.of(), new float[] {(float) encoder.logitScale()})
        .write(target);
  }

  private static PixelBatch pixels(int size) {
    SplittableRandom random = new Seed(1).random();
    float[] values = new float[IMAGES * 3 * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new PixelBatch(IMAGES, 3, size, size, values);
  }
}
