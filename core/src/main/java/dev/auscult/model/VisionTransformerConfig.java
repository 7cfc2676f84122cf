package dev.auscult.model;

import java.util.List;
import java.util.Map;

/**
 * The architecture of a {@link VisionTransformer}.
 *
 * @param format its parts and their names
 * @param transformer its blocks
 * @param channels of the input
 * @param grid input size and patch size
 * @param positions what was learnt of where a patch is
 * @param pooling what makes one vector of its states
 * @param projection from there into the shared space
 */
public record VisionTransformerConfig(
    VisionFormat format,
    TransformerConfig transformer,
    int channels,
    PatchGrid grid,
    PatchPositions positions,
    ImagePooling pooling,
    ProjectionConfig projection) {

  /** A tower for images of the size that it was trained with. */
  public VisionTransformerConfig(
      VisionFormat format,
      TransformerConfig transformer,
      int channels,
      PatchGrid grid,
      ImagePooling pooling,
      ProjectionConfig projection) {
    this(
        format,
        transformer,
        channels,
        grid,
        new PatchPositions(grid.side(), PatchPositions.Resampling.BICUBIC),
        pooling,
        projection);
  }

  /** Checks that the parts fit one another. */
  public VisionTransformerConfig {
    int pooled = pooling.outputs(transformer.width());
    if (projection.inputs() != pooled) {
      throw new IllegalArgumentException(
          "a projection of %d features for pooled states of %d"
              .formatted(projection.inputs(), pooled));
    }
    if (pooling == ImagePooling.Simple.CLASS_TOKEN && format.embedding().classToken() == null) {
      throw new IllegalArgumentException("a class token is read but there is none");
    }
  }

  /**
   * The same tower for images of another size, between whose patches the positions are
   * interpolated. For inference only: interpolated positions do not learn.
   *
   * @param imageSize side of the input in pixels, a multiple of the patch size
   */
  public VisionTransformerConfig resized(int imageSize, PatchPositions.Resampling resampling) {
    return new VisionTransformerConfig(
        format,
        transformer,
        channels,
        new PatchGrid(imageSize, grid.patchSize()),
        new PatchPositions(positions.side(), resampling),
        pooling,
        projection);
  }

  /**
   * The shape of every tensor, the tower's own named by {@code prefix} and the format, those of
   * pooling and projection by their configurations.
   */
  public Map<String, List<Long>> shapes(String prefix) {
    TensorShapes shapes = new TensorShapes();
    format.putShapes(shapes, this, prefix);
    if (pooling instanceof ImagePooling.Attention attention) {
      attention.format().putShapes(shapes, attention, transformer);
    }
    projection.putShapes(shapes);
    return shapes.asMap();
  }

  /** The tower over tensors named and shaped as {@link #shapes} says. */
  public VisionTransformer of(Parameters parameters, String prefix) {
    return format.tower(this, parameters, prefix);
  }
}
