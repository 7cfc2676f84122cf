package dev.auscult.model;

import java.util.List;
import java.util.Map;

/**
 * The architecture of a {@link SwinTower}.
 *
 * @param input what it takes
 * @param stages in order; each but the last halves the map and doubles the features
 * @param pooling of the last map
 * @param projection from there into the shared space
 */
public record SwinConfig(
    Input input, List<Stage> stages, Pooling pooling, ProjectionConfig projection) {
  private static final int CHANNELS = 3;

  /** Added to the variances of all normalisations. */
  static final double EPSILON = 1e-5;

  /**
   * What a Swin transformer takes.
   *
   * @param imageSize side of the input in pixels
   * @param patchSize side of a patch
   * @param width features of a patch
   * @param window side of the windows that attention stays within, in pixels of a map
   */
  public record Input(int imageSize, int patchSize, int width, int window) {}

  /**
   * Blocks over one map.
   *
   * @param depth their number
   * @param heads of their attention
   */
  public record Stage(int depth, int heads) {}

  /** What of the last map is projected. */
  public enum Pooling {
    /** The mean over its pixels. */
    MEAN,
    /** The first pixel. */
    FIRST
  }

  /** Checks that windows tile every map. */
  public SwinConfig {
    stages = List.copyOf(stages);
    int last = stages.size() - 1;
    int coarsest = input.patchSize << last;
    if (input.imageSize % (coarsest * input.window) != 0) {
      throw new IllegalArgumentException(
          "windows of %d in maps that halve %d times do not tile an image of %d in patches of %d"
              .formatted(input.window, last, input.imageSize, input.patchSize));
    }
    if (projection.inputs() != input.width << last) {
      throw new IllegalArgumentException(
          "a projection of %d features for a map of %d"
              .formatted(projection.inputs(), input.width << last));
    }
  }

  /** Swin-T at 224 pixels (Liu 2021). */
  public static SwinConfig tiny(Pooling pooling, ProjectionConfig projection) {
    return new SwinConfig(
        new Input(224, 4, 96, 7),
        List.of(new Stage(2, 3), new Stage(2, 6), new Stage(6, 12), new Stage(2, 24)),
        pooling,
        projection);
  }

  /** Channels of the input. */
  int channels() {
    return CHANNELS;
  }

  /** Features of each pixel of the last map. */
  public int features() {
    return input.width << (stages.size() - 1);
  }

  /** The last map. */
  public PatchGrid grid() {
    return new PatchGrid(input.imageSize, input.patchSize << (stages.size() - 1));
  }

  /** The map of a stage. */
  WindowedMap map(int stage) {
    return new WindowedMap((input.imageSize / input.patchSize) >> stage, input.window);
  }

  /** Whether a stage halves its map at the end. */
  boolean halves(int stage) {
    return stage < stages.size() - 1;
  }

  /** The blocks of a stage. */
  TransformerConfig transformer(int stage) {
    int width = input.width << stage;
    Stage blocks = stages.get(stage);
    return new TransformerConfig(
        width, blocks.depth, blocks.heads, 4 * width, Activation.GELU, EPSILON);
  }

  /** Floats of the largest intermediate result, the first stage's feed-forward layer. */
  long activations() {
    int side = map(0).side();
    return (long) side * side * transformer(0).intermediate();
  }

  /** The shape of every tensor, the tower's own named after {@code prefix}. */
  public Map<String, List<Long>> shapes(String prefix) {
    TensorShapes shapes = new TensorShapes();
    SwinFormat.putShapes(shapes, this, prefix);
    projection.putShapes(shapes);
    return shapes.asMap();
  }

  /** The tower over tensors named and shaped as {@link #shapes} says. */
  public SwinTower of(Parameters parameters, String prefix) {
    return SwinFormat.tower(this, parameters, prefix);
  }
}
