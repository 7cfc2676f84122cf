package dev.auscult.onnx;

import dev.auscult.model.DualEncoder;
import dev.auscult.model.DualEncoderContractTest;

/** Batches of exactly two images and three texts, texts of exactly the context, ids in 32 bits. */
class OnnxFixedShapeTest extends DualEncoderContractTest {

  @Override
  protected DualEncoder open() {
    return OnnxFixture.CLIP.open("fixed.auscult-onnx.json");
  }
}
