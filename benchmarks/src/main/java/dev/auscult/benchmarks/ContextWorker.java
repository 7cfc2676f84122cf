package dev.auscult.benchmarks;

import dev.auscult.base.Seed;
import dev.auscult.model.Activation;
import dev.auscult.model.ClipConfig;
import dev.auscult.model.ClipInitializer;
import dev.auscult.model.ClipModel;
import dev.auscult.model.ContextTower;
import dev.auscult.model.Parameters;
import dev.auscult.model.PatchGrid;
import dev.auscult.model.TextTransformer;
import dev.auscult.model.TokenBatch;
import dev.auscult.model.TransformerConfig;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Times the gradient of a context of 16 vectors through CLIP's text encoder (12 layers of 512) for
 * labels of five words: with the context computed once for all labels, and for each label. Turns
 * are taken; prints the processor seconds of the fastest of both: {@code LABELS ROUNDS THREADS}.
 */
public final class ContextWorker {
  private static final int CONTEXT = 16;
  private static final int WORDS = 5;
  private static final int WIDTH = 512;
  private static final int BEGIN = 998;
  private static final int END = 999;

  private ContextWorker() {}

  /** Measures. */
  public static void main(String[] arguments) {
    int labels = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    new Compute(Integer.parseInt(arguments[2]), DType.FLOAT32, 0).apply();
    try (Parameters drawn = ClipInitializer.draw(config(), new Seed(1));
        Parameters frozen = frozen(drawn)) {
      TextTransformer text = ClipModel.of(config(), frozen).text();
      double shared = Double.POSITIVE_INFINITY;
      double whole = Double.POSITIVE_INFINITY;
      for (int round = 0; round < rounds; round++) {
        shared = Math.min(shared, seconds(text, labels, true));
        whole = Math.min(whole, seconds(text, labels, false));
      }
      System.out.println(shared + " " + whole);
    }
  }

  private static double seconds(TextTransformer text, int labels, boolean sharing) {
    double began = processorSeconds();
    try (Scope scope = Scope.open()) {
      Tensor context = random(CONTEXT, WIDTH, 2).requireGradient();
      ContextTower tower = new ContextTower(text, context, 1);
      int[] ends = new int[labels];
      Arrays.fill(ends, WORDS + 1);
      TokenBatch batch = TokenBatch.of(tower, ids(labels), ends);
      Tensor embedded = sharing ? tower.forward(batch) : tower.forwardWhole(batch);
      Functions.l2Normalize(embedded).multiply(random(labels, WIDTH, 3)).sum().backward();
    }
    return processorSeconds() - began;
  }

  /** Of all threads: what else runs on the machine counts less than by the clock. */
  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  private static int[][] ids(int labels) {
    SplittableRandom random = new SplittableRandom(4);
    return IntStream.range(0, labels)
        .mapToObj(
            label ->
                IntStream.range(0, WORDS + 2)
                    .map(i -> i == 0 ? BEGIN : i > WORDS ? END : random.nextInt(BEGIN))
                    .toArray())
        .toArray(int[][]::new);
  }

  private static Tensor random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (.02 * random.nextGaussian());
    }
    return Tensor.of(values, rows, columns);
  }

  private static Parameters frozen(Parameters drawn) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    drawn.byName().forEach((name, tensor) -> tensors.put(name, Tensor.unscoped(tensor::detach)));
    return new Parameters(tensors);
  }

  private static ClipConfig config() {
    TransformerConfig tiny = new TransformerConfig(8, 1, 1, 8, Activation.QUICK_GELU, 1e-5);
    TransformerConfig text =
        new TransformerConfig(WIDTH, 12, 8, 4 * WIDTH, Activation.QUICK_GELU, 1e-5);
    return new ClipConfig(
        new ClipConfig.Vision(tiny, 3, new PatchGrid(16, 8)),
        new ClipConfig.Text(text, END + 1, 77, BEGIN, END, END),
        WIDTH,
        ClipConfig.LOGIT_SCALE);
  }
}
