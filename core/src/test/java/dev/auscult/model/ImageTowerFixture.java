package dev.auscult.model;

import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tiny image encoder of conformance/convolution_towers.py with what its library computes. */
record ImageTowerFixture(String name) {
  private SafetensorsFile file(String file) {
    return SafetensorsFile.open(
        Path.of("src/test/resources/dev/auscult/model/convolution", name, file));
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

  PixelBatch pixels() {
    StoredTensor stored = file("expected.safetensors").get("pixels");
    int[] shape = stored.shape().stream().mapToInt(Long::intValue).toArray();
    return new PixelBatch(shape[0], shape[1], shape[2], shape[3], stored.toFloats());
  }

  FloatMatrix embedded() {
    StoredTensor stored = file("expected.safetensors").get("image_embeds");
    return new FloatMatrix(
        stored.shape().get(0).intValue(), stored.shape().get(1).intValue(), stored.toFloats());
  }
}
