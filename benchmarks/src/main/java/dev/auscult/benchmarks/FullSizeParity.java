package dev.auscult.benchmarks;

import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Compares an encoder with what conformance/full_size_parity.py wrote beside its checkpoint, and
 * says what loading it costs. Ends with code 1 if float32 is not within 2e-5 (embeddings) and 1e-4
 * of the logit scale (logits).
 */
public final class FullSizeParity {
  private final Path folder;
  private final SafetensorsFile expected;

  private FullSizeParity(Path folder) {
    this.folder = folder;
    this.expected = SafetensorsFile.open(folder.resolve("expected.safetensors"));
  }

  /** Arguments: the folder that the script wrote, {@code fp32} (default) or {@code bf16}. */
  public static void main(String[] arguments) throws IOException {
    boolean half = arguments.length > 1 && arguments[1].equals("bf16");
    Compute compute =
        new Compute(
            Runtime.getRuntime().availableProcessors(), half ? DType.BFLOAT16 : DType.FLOAT32, 0);
    compute.apply();
    startEngine();
    boolean within = new FullSizeParity(Path.of(arguments[0])).run(compute);
    System.exit(within || half ? 0 : 1);
  }

  /** The first operation unpacks and links the engine, which is not the model's loading. */
  private static void startEngine() {
    try (Scope scope = Scope.inference()) {
      Tensor.zeros(8, 8).matmul(Tensor.zeros(8, 8)).item();
    }
  }

  private boolean run(Compute compute) throws IOException {
    long size = Files.size(folder.resolve("model.safetensors"));
    print("weights %.0f MB, computing in %s", size / 1e6, compute.dtype());
    Models.load(folder.toString(), compute).close();
    long heap = usedHeap();
    long resident = resident();
    long start = System.nanoTime();
    try (DualEncoder encoder = Models.load(folder.toString(), compute)) {
      double seconds = (System.nanoTime() - start) / 1e9;
      print(
          "loaded in %.3f s; heap grew by %.1f MB, resident memory by %.1f MB",
          seconds, (usedHeap() - heap) / 1e6, (resident() - resident) / 1e6);
      boolean within = compare(encoder);
      print(
          "resident memory after the first embeddings %.0f MB more", (resident() - resident) / 1e6);
      return within;
    }
  }

  private boolean compare(DualEncoder encoder) {
    FloatMatrix images = encoder.encodeImages(pixels());
    FloatMatrix texts = encoder.encodeTexts(ids());
    double image = report("image embeddings", images, matrix("image_embeds"));
    double text = report("text embeddings", texts, matrix("text_embeds"));
    FloatMatrix logits = matrix("logits_per_image");
    double worst = 0;
    for (int i = 0; i < logits.rows(); i++) {
      for (int j = 0; j < logits.columns(); j++) {
        double logit = encoder.logitScale() * images.dot(i, texts, j);
        worst = Math.max(worst, Math.abs(logit - logits.get(i, j)) / encoder.logitScale());
      }
    }
    print("logits: largest difference %.2e of the logit scale", worst);
    return image <= 2e-5 && text <= 2e-5 && worst <= 1e-4;
  }

  private static double report(String what, FloatMatrix actual, FloatMatrix reference) {
    float[] ours = actual.toArray();
    float[] theirs = reference.toArray();
    double worst = 0;
    double cosine = 1;
    double spread = 1;
    for (int i = 0; i < ours.length; i++) {
      worst = Math.max(worst, Math.abs(ours[i] - theirs[i]));
    }
    for (int row = 0; row < reference.rows(); row++) {
      cosine = Math.min(cosine, actual.dot(row, reference, row));
      spread = Math.min(spread, reference.dot(0, reference, row));
    }
    print(
        "%s: largest difference %.2e, least cosine %.8f (the inputs differ: least cosine between"
            + " them %.3f)",
        what, worst, cosine, spread);
    return worst;
  }

  private FloatMatrix matrix(String name) {
    StoredTensor tensor = expected.get(name);
    return new FloatMatrix(
        tensor.shape().get(0).intValue(), tensor.shape().get(1).intValue(), tensor.toFloats());
  }

  private PixelBatch pixels() {
    StoredTensor tensor = expected.get("pixels");
    int[] shape = tensor.shape().stream().mapToInt(Long::intValue).toArray();
    return new PixelBatch(shape[0], shape[1], shape[2], shape[3], tensor.toFloats());
  }

  private int[][] ids() {
    long[] flat = expected.get("ids").toLongs();
    long[] lengths = expected.get("lengths").toLongs();
    int width = flat.length / lengths.length;
    int[][] rows = new int[lengths.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          Arrays.stream(flat, i * width, i * width + (int) lengths[i])
              .mapToInt(Math::toIntExact)
              .toArray();
    }
    return rows;
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long resident() throws IOException {
    Path file = Path.of("/proc/self/statm");
    return Files.exists(file) ? 4096 * Long.parseLong(Files.readString(file).split(" ", -1)[1]) : 0;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
