package dev.auscult.model;

import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.image.ImageDecoder;
import dev.auscult.image.PixelBatch;
import dev.auscult.image.RgbImage;
import dev.auscult.tensor.FloatMatrix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A small checkpoint in a published layout with what its reference computes; see
 * conformance/zoo.py.
 */
record ZooCase(String name) {
  /** The texts of zoo.py. */
  static final List<String> TEXTS =
      List.of(
          "Small left pleural effusion.",
          "no finding",
          "a",
          "Cardiomegaly; no consolidation, no pneumothorax. T 38.5 °C, naïve résumé",
          "");

  private static final Path ZOO = Path.of("src/test/resources/dev/auscult/model/zoo");

  /** The model's files. */
  Path folder() {
    return ZOO.resolve(name).resolve("model");
  }

  static List<RgbImage> images() {
    return Stream.of("tall", "wide")
        .map(name -> new ImageDecoder().decode(ZOO.resolve("images/" + name + ".png")))
        .toList();
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

  /** How far the reference's pixels stored here lie apart: all of them, or every 97th. */
  int pixelStep() {
    return file().names().contains("pixels") ? 1 : 97;
  }

  /** The stored pixels, {@link #pixelStep} apart. */
  float[] pixelSample() {
    return expected(pixelStep() == 1 ? "pixels" : "pixel_sample").toFloats();
  }

  /** The reference's ids of every text, without padding. */
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

  private StoredTensor expected(String tensor) {
    return file().get(tensor);
  }

  private SafetensorsFile file() {
    return SafetensorsFile.open(ZOO.resolve(name).resolve("expected.safetensors"));
  }
}
