package dev.auscult.model;

import dev.auscult.checkpoint.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the sizes of a Swin transformer with Hugging Face's names off its tensors.
 *
 * @param weights the file
 * @param prefix what precedes {@code embeddings.patch_embeddings.projection.weight}
 */
record SwinShapes(Weights weights, String prefix) {
  private static final int MOST = 100;
  private static final String PATCHES = "embeddings.patch_embeddings.projection.weight";

  /** Whether a Swin transformer is there. */
  static boolean areIn(Weights weights, String prefix) {
    return weights.find(table(prefix, 0, 0)) != null;
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
    List<SwinConfig.Stage> stages = new ArrayList<>();
    while (stages.size() < MOST && weights.find(table(prefix, stages.size(), 0)) != null) {
      int stage = stages.size();
      int depth = 0;
      while (depth < MOST && weights.find(table(prefix, stage, depth)) != null) {
        depth++;
      }
      stages.add(new SwinConfig.Stage(depth, TensorSizes.of(weights, table(prefix, stage, 0), 1)));
    }
    return stages;
  }

  /** A table of {@code (2 window - 1)^2} relative positions. */
  private int window() {
    int rows = TensorSizes.of(weights, table(prefix, 0, 0), 0);
    return ((int) Math.round(Math.sqrt(rows)) + 1) / 2;
  }

  private static String table(String prefix, int stage, int block) {
    return "%sencoder.layers.%d.blocks.%d.attention.self.relative_position_bias_table"
        .formatted(prefix, stage, block);
  }

  private int size(String name, int dimension) {
    return TensorSizes.of(weights, prefix + name, dimension);
  }
}
