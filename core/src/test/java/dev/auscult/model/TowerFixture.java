package dev.auscult.model;

import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * A tiny encoder of a script in conformance/ with what its library computes.
 *
 * @param kind the script's folder
 * @param name the case
 */
record TowerFixture(String kind, String name) {
  private SafetensorsFile file(String file) {
    return SafetensorsFile.open(Path.of("src/test/resources/dev/auscult/model", kind, name, file));
  }

  /** The tensors of these names; each must have the shape given. */
  Parameters parameters(Map<String, List<Long>> shapes, DType dtype) {
    SafetensorsFile file = file("model.safetensors");
    Map<String, StoredTensor> stored = new LinkedHashMap<>();
    shapes.forEach(
        (tensor, shape) -> {
          if (!file.get(tensor).shape().equals(shape)) {
            throw new IllegalStateException(file.get(tensor) + " instead of " + shape);
          }
          stored.put(tensor, file.get(tensor));
        });
    return Parameters.of(stored, dtype);
  }

  /** Every name in the checkpoint. */
  List<String> names() {
    return List.copyOf(file("model.safetensors").names());
  }

  private StoredTensor expected(String tensor) {
    return file("expected.safetensors").get(tensor);
  }

  FloatMatrix matrix(String tensor) {
    StoredTensor stored = expected(tensor);
    return new FloatMatrix(
        stored.shape().get(0).intValue(), stored.shape().get(1).intValue(), stored.toFloats());
  }

  PixelBatch pixels(String tensor) {
    StoredTensor stored = expected(tensor);
    int[] shape = stored.shape().stream().mapToInt(Long::intValue).toArray();
    return new PixelBatch(shape[0], shape[1], shape[2], shape[3], stored.toFloats());
  }

  /** For every image the patches that are there. */
  int[][] kept() {
    return rows("kept", row -> Integer.MAX_VALUE);
  }

  /** The texts, unpadded. */
  int[][] ids() {
    return unpadded("ids");
  }

  /** For every id whether it is hidden. */
  boolean[][] hidden() {
    int[][] marks = unpadded("hidden");
    boolean[][] hidden = new boolean[marks.length][];
    for (int i = 0; i < marks.length; i++) {
      hidden[i] = new boolean[marks[i].length];
      for (int j = 0; j < marks[i].length; j++) {
        hidden[i][j] = marks[i][j] == 1;
      }
    }
    return hidden;
  }

  private int[][] unpadded(String tensor) {
    long[] lengths = expected("lengths").toLongs();
    return rows(tensor, row -> Math.toIntExact(lengths[row]));
  }

  private int[][] rows(String tensor, IntUnaryOperator lengths) {
    StoredTensor stored = expected(tensor);
    int width = stored.shape().get(1).intValue();
    int[] flat = Arrays.stream(stored.toLongs()).mapToInt(Math::toIntExact).toArray();
    int[][] rows = new int[flat.length / width][];
    for (int i = 0; i < rows.length; i++) {
      int length = Math.min(width, lengths.applyAsInt(i));
      rows[i] = Arrays.copyOfRange(flat, i * width, i * width + length);
    }
    return rows;
  }
}
