package dev.auscult.model;

import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;
import java.util.Map;

/** A tiny image encoder of conformance/convolution_towers.py with what its library computes. */
record ImageTowerFixture(String name) {
  private TowerFixture files() {
    return new TowerFixture("convolution", name);
  }

  /** The tensors of these names; each must have the shape given. */
  Parameters parameters(Map<String, List<Long>> shapes, DType dtype) {
    return files().parameters(shapes, dtype);
  }

  /** Every name in the checkpoint. */
  List<String> names() {
    return files().names();
  }

  PixelBatch pixels() {
    return files().pixels("pixels");
  }

  FloatMatrix embedded() {
    return files().matrix("image_embeds");
  }
}
