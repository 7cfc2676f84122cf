package dev.auscult.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains a small adapter for 10,000 steps and prints by how many bytes resident memory grew. A
 * process of its own with a heap of fixed size, touched beforehand: what grows is native memory.
 */
final class AdapterSteps {
  private AdapterSteps() {}

  public static void main(String[] arguments) throws IOException {
    Tensor features = Tensor.unscoped(() -> Tensor.full(.3, 64, 128));
    Tensor down = Tensor.unscoped(() -> Tensor.full(.01, 32, 128)).requireGradient();
    Tensor up = Tensor.unscoped(() -> Tensor.full(.02, 128, 32)).requireGradient();
    try (AdamW optimizer =
        new AdamW(
            List.of(new AdamW.Parameter(down, 0), new AdamW.Parameter(up, 0)),
            AdamW.Settings.STANDARD)) {
      train(optimizer, features, down, up, 4_000);
      long before = residentBytes();
      train(optimizer, features, down, up, 10_000);
      System.out.println(residentBytes() - before);
    }
    List.of(features, down, up).forEach(Tensor::close);
  }

  private static void train(AdamW optimizer, Tensor features, Tensor down, Tensor up, int steps) {
    for (int step = 0; step < steps; step++) {
      try (Scope scope = Scope.open()) {
        Tensor adapted =
            Functions.linear(Functions.relu(Functions.linear(features, down, null)), up, null);
        Functions.l2Normalize(adapted.add(features)).mean().backward();
        optimizer.step(1e-3);
      }
    }
  }

  private static long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IllegalStateException("no VmRSS in /proc/self/status");
  }
}
