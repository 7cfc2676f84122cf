package dev.auscult.model;

import dev.auscult.checkpoint.Weights;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads the sizes of a Swin transformer with Hugging Face's names off its tensors.
 *
 * @param weights the file
 * @param prefix what precedes {@code embeddings.patch_embeddings.projection.weight}
 */
record SwinShapes(Weights weights, String prefix) {
  private static final String PATCHES = "embeddings.patch_embeddings.projection.weight";

  /** Whether a Swin transformer is there. */
  static boolean areIn(Weights weights, String prefix) {
    return weights.find(prefix + table(0)) != null;
  }

  /**
   * The transformer for images of {@code imageSize} pixels.
   *
   * @param projection what follows, beginning with {@link #features()}
   */
  TowerPlan<SwinTower> plan(
      int imageSize, SwinConfig.Pooling pooling, ProjectionConfig projection) {
    SwinConfig config =
        new SwinConfig(
            new SwinConfig.Input(imageSize, size(PATCHES, 3), size(PATCHES, 0), window()),
            stages(),
            pooling,
            projection);
    return TowerPlan.of(
        description(config), config.shapes(prefix), parameters -> config.of(parameters, prefix));
  }

  private String description(SwinConfig config) {
    List<Integer> depths = config.stages().stream().map(SwinConfig.Stage::depth).toList();
    int width = size(PATCHES, 0);
    boolean tiny = width == 96 && depths.equals(List.of(2, 2, 6, 2));
    return tiny ? "Swin-T" : "Swin %s x%d".formatted(depths, width);
  }

  /** Features of each pixel of the last map. */
  int features() {
    return size(PATCHES, 0) << (stages().size() - 1);
  }

  private List<SwinConfig.Stage> stages() {
    return IntStream.range(0, sizes().layers("encoder.layers."))
        .mapToObj(
            stage ->
                new SwinConfig.Stage(
                    sizes().layers("encoder.layers.%d.blocks.".formatted(stage)),
                    sizes().size(table(stage), 1)))
        .toList();
  }

  /** A table of {@code (2 window - 1)^2} relative positions. */
  private int window() {
    return ((int) Math.round(Math.sqrt(sizes().size(table(0), 0))) + 1) / 2;
  }

  private static String table(int stage) {
    return "encoder.layers.%d.blocks.0.attention.self.relative_position_bias_table"
        .formatted(stage);
  }

  private int size(String name, int dimension) {
    return sizes().size(name, dimension);
  }

  private TensorSizes sizes() {
    return new TensorSizes(weights, prefix, "transformers' Swin");
  }
}
