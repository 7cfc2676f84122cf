package dev.auscult.model;

import dev.auscult.tensor.Tensor;
import java.util.List;

/** Makes one vector of a feature map. */
public sealed interface MapPooling {

  /** Features of the vector. */
  int dimension();

  /** {@code [n, features, h, w]} to {@code [n, dimension]}. */
  Tensor forward(Tensor map);

  /** A feature map's pixels as a sequence, row by row: {@code [n, h w, features]}. */
  private static Tensor pixels(Tensor map) {
    return map.reshape(map.size(0), map.size(1), -1).transpose(1, 2);
  }

  /** The mean over all pixels, projected. */
  record Average(Projection projection) implements MapPooling {
    @Override
    public int dimension() {
      return projection.dimension();
    }

    @Override
    public Tensor forward(Tensor map) {
      return projection.forward(pixels(map).mean(1));
    }
  }

  /**
   * What the mean of all pixels finds in them by attention (Radford 2021, section 2.4).
   *
   * @param positions {@code [1 + pixels, features]}, that of the mean first
   */
  record Attention(Tensor positions, MultiHeadAttention attention) implements MapPooling {
    @Override
    public int dimension() {
      return (int) attention.output().weight().size(0);
    }

    @Override
    public Tensor forward(Tensor map) {
      Tensor pixels = pixels(map);
      Tensor mean = pixels.mean(1).unsqueeze(1);
      Tensor tokens = Tensor.cat(List.of(mean, pixels), 1).add(positions);
      return attention.forward(tokens.narrow(1, 0, 1), tokens, null).reshape(map.size(0), -1);
    }
  }

  /**
   * The mean of all pixels, each projected through a hidden layer (Boecking 2022, section 2.2).
   *
   * @param hidden to the hidden layer, which is rectified
   * @param output from there; the mean is taken before, which is the same
   */
  record ProjectedPixels(Convolution hidden, Linear output) implements MapPooling {
    @Override
    public int dimension() {
      return (int) output.weight().size(0);
    }

    @Override
    public Tensor forward(Tensor map) {
      return output.forward(pixels(hidden.rectified(map)).mean(1));
    }
  }
}
