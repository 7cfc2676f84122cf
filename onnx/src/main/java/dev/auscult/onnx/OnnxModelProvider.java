package dev.auscult.onnx;

import dev.auscult.base.InputException;
import dev.auscult.model.DescriptionFile;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.ModelProvider;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import java.nio.file.Path;

/**
 * Opens folders with an {@code auscult-onnx.json}, and such a file itself, e.g. {@code
 * int8.auscult-onnx.json} beside it.
 */
public final class OnnxModelProvider implements ModelProvider {

  /** For the service loader. */
  public OnnxModelProvider() {}

  @Override
  public boolean recognises(Path folderOrFile) {
    return DescriptionFile.ONNX.in(folderOrFile).isPresent();
  }

  /**
   * {@inheritDoc} What cannot run is told here, not at the first image: both encoders are tried.
   */
  @Override
  public DualEncoder open(Path folderOrFile, String name, Compute compute) {
    if (compute.dtype() != DType.FLOAT32) {
      throw new InputException(
          "--dtype for " + name,
          compute.dtype().name().toLowerCase(java.util.Locale.ROOT),
          "fp32: an ONNX file computes in the types it was exported with",
          "leave --dtype out, or export the model in other types");
    }
    OnnxDescription description =
        OnnxDescription.read(DescriptionFile.ONNX.in(folderOrFile).orElseThrow());
    return OnnxEncoder.open(description, name, compute.threads());
  }
}
