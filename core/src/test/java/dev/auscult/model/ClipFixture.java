package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A tiny checkpoint of conformance/clip_checkpoints.py with what transformers computes from it. */
record ClipFixture(String name) {
  static final List<String> NAMES =
      List.of("quick-gelu-old-end", "gelu-new-end", "sharded", "bfloat16-weights", "complete");

  Path folder() {
    return Path.of("src/test/resources/dev/auscult/model/clip", name);
  }

  ClipConfig config() {
    Checkpoint checkpoint = Checkpoint.open(folder());
    return ClipConfig.parse(checkpoint.config(), checkpoint.configFile());
  }

  Parameters parameters(DType dtype) {
    return Parameters.of(Checkpoint.open(folder()).require(config().shapes()), dtype);
  }

  private StoredTensor expected(String tensor) {
    return SafetensorsFile.open(folder().resolve("expected.safetensors")).get(tensor);
  }

  FloatMatrix matrix(String tensor) {
    StoredTensor stored = expected(tensor);
    return new FloatMatrix(
        stored.shape().get(0).intValue(), stored.shape().get(1).intValue(), stored.toFloats());
  }

  PixelBatch pixels() {
    StoredTensor stored = expected("pixels");
    int[] shape = stored.shape().stream().mapToInt(Long::intValue).toArray();
    return new PixelBatch(shape[0], shape[1], shape[2], shape[3], stored.toFloats());
  }

  int[] pooled() {
    return Arrays.stream(expected("pooled").toLongs()).mapToInt(Math::toIntExact).toArray();
  }

  /** The texts as the reference saw them, padded to the context length. */
  int[][] paddedIds() {
    StoredTensor stored = expected("ids");
    int width = stored.shape().get(1).intValue();
    int[] flat = Arrays.stream(stored.toLongs()).mapToInt(Math::toIntExact).toArray();
    int[][] rows = new int[flat.length / width][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
    return rows;
  }

  /** The same texts without padding. */
  int[][] ids() {
    int[][] rows = paddedIds();
    long[] lengths = expected("lengths").toLongs();
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOf(rows[i], Math.toIntExact(lengths[i]));
    }
    return rows;
  }
}
