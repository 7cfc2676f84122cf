package dev.auscult.model;

import dev.auscult.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A residual network as an image encoder. */
public record ResNetTower(ResNet network, MapPooling pooling) implements ImageTower {

  @Override
  public PatchGrid grid() {
    return network.config().grid();
  }

  @Override
  public int channels() {
    return network.config().channels();
  }

  @Override
  public int dimension() {
    return pooling.dimension();
  }

  @Override
  public String head() {
    return network.config().pooling().words();
  }

  @Override
  public long activations() {
    return network.config().activations();
  }

  @Override
  public Tensor forward(Tensor pixels, @Nullable Tensor kept) {
    return pooling.forward(network.forward(pixels));
  }
}
