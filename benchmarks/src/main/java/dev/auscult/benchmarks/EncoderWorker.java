package dev.auscult.benchmarks;

import dev.auscult.image.PixelBatch;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs one encoder on request, so that a driver can take turns between it and a peer in one run.
 *
 * <p>Reads commands line by line and answers each with one line:
 *
 * <pre>
 * time BATCH ITERATIONS   seconds for that many image batches
 * read BATCH LENGTH ITERATIONS   seconds for that many batches of texts of that many ids
 * embed COUNT             the embeddings of COUNT synthetic images, values separated by spaces
 * texts ID,ID ID,ID,ID    the embeddings of texts given by their ids
 * loaded                  seconds that loading took, and the most memory held so far in megabytes
 * gemm SIZE ITERATIONS    seconds for that many products of square matrices of that size
 * </pre>
 */
public final class EncoderWorker {
  private final DualEncoder encoder;
  private final DType dtype;
  private final double loading;

  private EncoderWorker(DualEncoder encoder, DType dtype, double loading) {
    this.encoder = encoder;
    this.dtype = dtype;
    this.loading = loading;
  }

  /** Arguments: checkpoint folder, {@code fp32} or {@code bf16}, threads. */
  public static void main(String[] arguments) throws IOException {
    DType dtype = arguments[1].equals("bf16") ? DType.BFLOAT16 : DType.FLOAT32;
    Compute compute = new Compute(Integer.parseInt(arguments[2]), dtype, 0);
    compute.apply();
    startEngine();
    long start = System.nanoTime();
    try (DualEncoder encoder = Models.load(arguments[0], compute);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      EncoderWorker worker = new EncoderWorker(encoder, dtype, (System.nanoTime() - start) / 1e9);
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(worker.answer(line.split(" ")));
      }
    }
  }

  /** The first operation unpacks and links the engine, which is not the model's loading. */
  private static void startEngine() {
    try (Scope scope = Scope.inference()) {
      Tensor.zeros(8, 8).matmul(Tensor.zeros(8, 8)).item();
    }
  }

  private String answer(String[] words) throws IOException {
    return switch (words[0]) {
      case "time" -> seconds(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      case "read" ->
          reading(
              Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
      case "embed" -> embeddings(Integer.parseInt(words[1]));
      case "texts" -> texts(Arrays.copyOfRange(words, 1, words.length));
      case "loaded" -> loading + " " + peakMegabytes();
      case "gemm" -> gemm(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private String seconds(int batch, int iterations) {
    PixelBatch pixels = synthetic(batch);
    long start = System.nanoTime();
    for (int i = 0; i < iterations; i++) {
      encoder.encodeImages(pixels);
    }
    return Double.toString((System.nanoTime() - start) / 1e9);
  }

  private String reading(int batch, int length, int iterations) {
    int[] text = encoder.tokenizer().encode("effusion ".repeat(length)).ids();
    int[] ids = Arrays.copyOf(text, length);
    ids[length - 1] = text[text.length - 1];
    int[][] batchOfTexts = new int[batch][];
    Arrays.fill(batchOfTexts, ids);
    long start = System.nanoTime();
    for (int i = 0; i < iterations; i++) {
      encoder.encodeTexts(batchOfTexts);
    }
    return Double.toString((System.nanoTime() - start) / 1e9);
  }

  private String embeddings(int count) {
    return line(encoder.encodeImages(synthetic(count)));
  }

  private String texts(String[] rows) {
    int[][] ids =
        Arrays.stream(rows)
            .map(row -> Arrays.stream(row.split(",")).mapToInt(Integer::parseInt).toArray())
            .toArray(int[][]::new);
    return line(encoder.encodeTexts(ids));
  }

  /** Linux's VmHWM; 0 elsewhere. */
  static double peakMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1000)
        .findFirst()
        .orElse(0);
  }

  private static String line(FloatMatrix rows) {
    float[] values = rows.toArray();
    StringBuilder line = new StringBuilder();
    for (float value : values) {
      line.append(value).append(' ');
    }
    return line.toString().strip();
  }

  private PixelBatch synthetic(int count) {
    return SyntheticImages.of(count, encoder.patchGrid().imageSize());
  }

  private String gemm(int size, int iterations) {
    try (Scope scope = Scope.inference()) {
      float[] values = new float[size * size];
      Arrays.fill(values, .5f);
      Tensor matrix = Tensor.of(values, size, size).to(dtype);
      long start = System.nanoTime();
      for (int i = 0; i < iterations; i++) {
        try (Scope product = Scope.inference()) {
          matrix.matmul(matrix);
        }
      }
      return Double.toString((System.nanoTime() - start) / 1e9);
    }
  }
}
