package dev.auscult.model;

import dev.auscult.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Swin transformer (Liu 2021): attention within windows that every other block shifts, on maps
 * that halve from stage to stage.
 *
 * @param config its architecture
 * @param patches the convolution that embeds them, its weight {@code [d, channels, patch, patch]}
 * @param patchNorm after it
 * @param outputNorm of the last map
 * @param projection from the pooled map into the shared space
 */
public record SwinTower(
    SwinConfig config,
    Linear patches,
    LayerNorm patchNorm,
    List<SwinStage> stages,
    LayerNorm outputNorm,
    Projection projection)
    implements ImageTower {

  /** Copies the list. */
  public SwinTower {
    stages = List.copyOf(stages);
  }

  @Override
  public PatchGrid grid() {
    return config.grid();
  }

  @Override
  public int channels() {
    return config.channels();
  }

  @Override
  public int dimension() {
    return projection.dimension();
  }

  @Override
  public String head() {
    return config
        .projection()
        .description(
            switch (config.pooling()) {
              case MEAN -> "mean over the last map";
              case FIRST -> "first pixel of the last map";
            });
  }

  @Override
  public long activations() {
    return config.activations();
  }

  @Override
  public Tensor forward(Tensor pixels, @Nullable Tensor kept) {
    Tensor map = patchNorm.forward(Patches.embed(pixels.to(patches.weight().dtype()), patches));
    for (SwinStage stage : stages) {
      map = stage.forward(map);
    }
    return projection.forward(
        switch (config.pooling()) {
          case MEAN -> outputNorm.forward(map).mean(1);
          case FIRST -> outputNorm.forward(map.narrow(1, 0, 1)).reshape(map.size(0), -1);
        });
  }
}
