package dev.auscult.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * How the engine computes.
 *
 * @param threads worker threads within one operation, at least 1
 * @param dtype {@link DType#FLOAT32}, or {@link DType#BFLOAT16} for inference at about twice the
 *     speed and a cosine of about .9999 to float32
 * @param seed seeds the engine's own random numbers
 */
public record Compute(int threads, DType dtype, long seed) {

  /** Checks the values. */
  public Compute {
    if (threads < 1) {
      throw new IllegalArgumentException("threads " + threads);
    }
    if (dtype != DType.FLOAT32 && dtype != DType.BFLOAT16) {
      throw new IllegalArgumentException("models compute in float32 or bfloat16, not " + dtype);
    }
  }

  /** All processors, float32, seed 0. */
  public static Compute standard() {
    return new Compute(Runtime.getRuntime().availableProcessors(), DType.FLOAT32, 0);
  }

  /** Sets the process-wide thread counts and seed; call once before any computation. */
  public void apply() {
    torch.set_num_threads(threads);
    openblas_nolapack.blas_set_num_threads(threads);
    torch.manual_seed(seed);
  }

  /** The engine's name and version, for provenance. */
  public static String engine() {
    Properties properties = new Properties();
    try (InputStream in =
        torch.class.getResourceAsStream("/META-INF/maven/org.bytedeco/pytorch/pom.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "libtorch " + properties.getProperty("version", "of unknown version");
  }
}
