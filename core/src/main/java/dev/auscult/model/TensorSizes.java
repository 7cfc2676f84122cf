package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.checkpoint.Weights;
import java.util.List;

/** Reads single extents off tensors. */
final class TensorSizes {
  private TensorSizes() {}

  /**
   * One extent of a tensor.
   *
   * @throws InputException if there is no such tensor or extent, or it is 0 or beyond any model
   */
  static int of(Weights weights, String name, int dimension) {
    StoredTensor tensor = weights.find(name);
    List<Long> shape = tensor == null ? List.of() : tensor.shape();
    if (shape.size() <= dimension || shape.get(dimension) < 1 || shape.get(dimension) > 1 << 26) {
      throw new InputException(
          weights.weightsName(),
          tensor == null ? "no tensor \"" + name + "\"" : "\"%s\" of %s".formatted(name, shape),
          "more than %d dimensions of a model's size".formatted(dimension),
          "check that the file is the checkpoint's own");
    }
    return shape.get(dimension).intValue();
  }
}
