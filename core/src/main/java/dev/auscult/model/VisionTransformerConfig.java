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
 * @param pooling what makes one vector of its states
 * @param projection from there into the shared space
 */
public record VisionTransformerConfig(
    VisionFormat format,
    TransformerConfig transformer,
    int channels,
    PatchGrid grid,
    ImagePooling pooling,
    ProjectionConfig projection) {

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
