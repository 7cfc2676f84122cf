package dev.auscult.model;

import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tiny text encoder of conformance/text_towers.py with what its library computes. */
record TextTowerFixture(String name) {
  private SafetensorsFile file(String file) {
    return SafetensorsFile.open(Path.of("src/test/resources/dev/auscult/model/text", name, file));
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

  /** The texts, unpadded. */
  int[][] ids() {
    return rows("ids");
  }

  /** For every id whether it is hidden. */
  boolean[][] hidden() {
    int[][] marks = rows("hidden");
    boolean[][] hidden = new boolean[marks.length][];
    for (int i = 0; i < marks.length; i++) {
      hidden[i] = new boolean[marks[i].length];
      for (int j = 0; j < marks[i].length; j++) {
        hidden[i][j] = marks[i][j] == 1;
      }
    }
    return hidden;
  }

  private int[][] rows(String tensor) {
    StoredTensor stored = expected(tensor);
    int width = stored.shape().get(1).intValue();
    int[] flat = Arrays.stream(stored.toLongs()).mapToInt(Math::toIntExact).toArray();
    long[] lengths = expected("lengths").toLongs();
    int[][] rows = new int[lengths.length][];
    for (int i = 0; i < rows.length; i++) {
      int from = i * width;
      rows[i] = Arrays.copyOfRange(flat, from, from + Math.toIntExact(lengths[i]));
    }
    return rows;
  }
}
