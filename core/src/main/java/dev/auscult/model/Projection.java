package dev.auscult.model;

import dev.auscult.tensor.Tensor;
import java.util.List;

/**
 * What leads from a tower's pooled state into the shared space.
 *
 * @param dimension features of the result
 * @param layers in order; none where the pooled state is the embedding
 */
public record Projection(int dimension, List<Layer> layers) {

  /** Copies the list. */
  public Projection {
    layers = List.copyOf(layers);
  }

  /** {@code [n, features]} to {@code [n, dimension]}. */
  public Tensor forward(Tensor pooled) {
    Tensor state = pooled;
    for (Layer layer : layers) {
      state = layer.forward(state);
    }
    return state;
  }
}
