package dev.auscult.onnx;

import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.FloatMatrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** An export of conformance/onnx_export.py with what transformers computes. */
record OnnxFixture(String name) {
  static final OnnxFixture CLIP = new OnnxFixture("clip");
  static final OnnxFixture BERT = new OnnxFixture("bert");

  Path folder() {
    return Path.of("src/test/resources/dev/auscult/onnx", name);
  }

  DualEncoder open() {
    return Models.load(folder().toString(), Compute.standard());
  }

  /** Opens another description of the folder. */
  DualEncoder open(String description) {
    return Models.load(folder().resolve(description).toString(), Compute.standard());
  }

  /** A copy whose files a test may damage. */
  Path copy(Path target) {
    try (var files = Files.list(folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** The texts without padding. */
  int[][] ids() {
    StoredTensor stored = expected("ids");
    int width = stored.shape().get(1).intValue();
    int[] flat = Arrays.stream(stored.toLongs()).mapToInt(Math::toIntExact).toArray();
    long[] lengths = expected("lengths").toLongs();
    int[][] rows = new int[lengths.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * width, i * width + Math.toIntExact(lengths[i]));
    }
    return rows;
  }
}
