package dev.auscult.model;

import dev.auscult.base.Seed;
import dev.auscult.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Fresh parameters for training: normal with the standard deviations of OpenAI's text transformer
 * (Radford 2021, published code), for both towers; gains 1, biases 0. The queries, keys and values
 * begin with {@code width^(-1/2)} and the layers that write into the residual stream with a {@code
 * sqrt(2 layers)}-th of it. (transformers has the two exchanged; attention then begins nearly
 * uniform, and small models take several times as long to learn where to look.)
 */
public final class ClipInitializer {
  private static final double EMBEDDING_STD = .02;

  private ClipInitializer() {}

  /**
   * Draws every parameter from a stream of its own: the same values for the same seed and name.
   *
   * @return float32 tensors that require gradients; the caller closes them
   */
  public static Parameters draw(ClipConfig config, Seed seed) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    config
        .shapes()
        .forEach(
            (name, shape) ->
                tensors.put(
                    name,
                    Tensor.unscoped(() -> draw(config, name, shape, seed.derive(name)))
                        .requireGradient()));
    return new Parameters(tensors);
  }

  private static Tensor draw(ClipConfig config, String name, List<Long> shape, Seed seed) {
    long[] extents = shape.stream().mapToLong(Long::longValue).toArray();
    if (name.equals("logit_scale")) {
      return Tensor.full(config.initialLogitScale(), extents);
    }
    if (name.endsWith(".bias")) {
      return Tensor.zeros(extents);
    }
    if (name.contains("norm")) {
      return Tensor.full(1, extents);
    }
    return normal(standardDeviation(config, name), seed.random(), extents);
  }

  private static double standardDeviation(ClipConfig config, String name) {
    TransformerConfig transformer =
        name.startsWith("vis") ? config.vision().transformer() : config.text().transformer();
    double perWidth = 1 / Math.sqrt(transformer.width());
    if (name.endsWith("_projection.weight") || name.endsWith("class_embedding")) {
      return perWidth;
    }
    if (name.contains("embedding")) {
      return EMBEDDING_STD;
    }
    if (name.matches(".*[qkv]_proj.weight")) {
      return perWidth;
    }
    if (name.endsWith("fc1.weight")) {
      return perWidth / Math.sqrt(2);
    }
    return perWidth / Math.sqrt(2.0 * Math.max(1, transformer.layers()));
  }

  private static Tensor normal(double std, SplittableRandom random, long... shape) {
    long count = 1;
    for (long extent : shape) {
      count = Math.multiplyExact(count, extent);
    }
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (std * random.nextGaussian());
    }
    return Tensor.of(values, shape);
  }
}
