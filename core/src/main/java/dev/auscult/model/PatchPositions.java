package dev.auscult.model;

import dev.auscult.tensor.DType;
import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;
import java.util.List;

/**
 * What a vision transformer has learnt of where a patch is: a vector for every patch of a square
 * grid.
 *
 * @param side patches along one side of that grid
 * @param resampling how positions on another grid are made of these
 */
public record PatchPositions(int side, Resampling resampling) {

  /** How positions on another grid are made; libraries differ, and embeddings with them. */
  public enum Resampling {
    /** Plain cubic convolution, as transformers does ({@code interpolate_pos_encoding}). */
    BICUBIC,
    /**
     * With antialiasing, as timm ({@code resample_abs_pos_embed}) and open_clip ({@code
     * resize_pos_embed}) do; the kernel differs for larger grids as well.
     */
    ANTIALIASED_BICUBIC
  }

  /** Checks the size. */
  public PatchPositions {
    if (side < 1) {
      throw new IllegalArgumentException("positions of %d x %d patches".formatted(side, side));
    }
  }

  /**
   * Positions on another grid, interpolated in float32.
   *
   * @param table {@code [..., leading + side * side, d]}
   * @param leading how many tokens before the patches keep their vectors
   * @return {@code [leading + other * other, d]}
   */
  Tensor onto(int other, Tensor table, int leading) {
    long width = table.size(-1);
    Tensor rows = table.reshape(-1, width);
    Tensor learnt =
        rows.narrow(0, leading, (long) side * side)
            .to(DType.FLOAT32)
            .reshape(1, side, side, width)
            .permute(0, 3, 1, 2);
    boolean antialias = resampling == Resampling.ANTIALIASED_BICUBIC;
    Tensor resized = Functions.resizeBicubic(learnt, other, other, antialias);
    Tensor patches = resized.permute(0, 2, 3, 1).reshape(-1, width).to(table.dtype());
    return Tensor.cat(List.of(rows.narrow(0, 0, leading), patches), 0);
  }
}
