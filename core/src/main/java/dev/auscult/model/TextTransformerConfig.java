package dev.auscult.model;

import dev.auscult.model.TextTower.Padding;
import java.util.List;
import java.util.Map;

/**
 * The architecture of a {@link TextTransformer}.
 *
 * @param format its parts and their names
 * @param transformer its blocks
 * @param input what it takes
 * @param pooling which states its embedding is made of
 * @param projection from there into the shared space
 */
public record TextTransformerConfig(
    TextFormat format,
    TransformerConfig transformer,
    Input input,
    TextPooling pooling,
    ProjectionConfig projection) {

  /**
   * What a text transformer takes.
   *
   * @param vocabulary the number of ids
   * @param types the number of token types, of which every token has the first; 0 where there are
   *     none
   * @param positions the number of positions that were learnt
   * @param context the largest number of ids in a text, at most {@code positions}
   * @param padId the id that fills a row
   * @param padding what becomes of the positions that a text does not fill
   */
  public record Input(
      int vocabulary, int types, int positions, int context, int padId, Padding padding) {

    /** Checks the sizes. */
    public Input {
      if (vocabulary < 1 || types < 0 || context < 1 || context > positions) {
        throw new IllegalArgumentException(
            "%d ids, %d types, %d of %d positions"
                .formatted(vocabulary, types, context, positions));
      }
    }
  }

  /** Checks that the parts fit one another. */
  public TextTransformerConfig {
    if (projection.inputs() != transformer.width()) {
      throw new IllegalArgumentException(
          "a projection of %d features for states of %d"
              .formatted(projection.inputs(), transformer.width()));
    }
    if (input.padding() == Padding.CUT && pooling instanceof TextPooling.MeanOfLayers) {
      throw new IllegalArgumentException("a mean over tokens that are cut off");
    }
    if (input.padding() != Padding.READ && pooling == TextPooling.Place.CONTEXT_END) {
      throw new IllegalArgumentException("the end of the context is read but not filled");
    }
    if (format.classToken() != null
        && (pooling != TextPooling.Place.CONTEXT_END || input.context() >= input.positions())) {
      throw new IllegalArgumentException("a class token that is not read, or has no position");
    }
  }

  /** The shape of every tensor, the tower's own named by {@code prefix} and the format. */
  public Map<String, List<Long>> shapes(String prefix) {
    TensorShapes shapes = new TensorShapes();
    format.putShapes(shapes, this, prefix);
    projection.putShapes(shapes);
    return shapes.asMap();
  }

  /** The tower over tensors named and shaped as {@link #shapes} says. */
  public TextTransformer of(Parameters parameters, String prefix) {
    return format.tower(this, parameters, prefix);
  }
}
