package dev.auscult.model;

import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.FloatMatrix;
import java.util.Optional;
import java.util.function.Supplier;

/** An image tower for inference, with the checkpoint's own preprocessing. */
public final class TowerVisionEncoder implements VisionEncoder {
  private final Supplier<ModelIdentity> identity;
  private final Architecture architecture;
  private final ImageTower tower;
  private final ImageTransform imageTransform;
  private final Lifetime lifetime;

  /**
   * Takes ownership of the parameters.
   *
   * @param identity asked for when somebody wants to know; hashing large weights takes time
   * @param architecture what it is made of
   * @param tower over these parameters
   */
  public TowerVisionEncoder(
      Supplier<ModelIdentity> identity,
      Architecture architecture,
      ImageTower tower,
      Parameters parameters,
      ImageTransform imageTransform) {
    this.identity = identity;
    this.architecture = architecture;
    this.tower = tower;
    this.imageTransform = imageTransform;
    this.lifetime = new Lifetime(parameters::close);
  }

  @Override
  public ModelIdentity identity() {
    return identity.get();
  }

  @Override
  public Optional<Architecture> architecture() {
    return Optional.of(architecture);
  }

  @Override
  public int dimension() {
    return tower.dimension();
  }

  @Override
  public ImageTransform imageTransform() {
    return imageTransform;
  }

  @Override
  public PatchGrid patchGrid() {
    return tower.grid();
  }

  @Override
  public FloatMatrix encodeImages(PixelBatch pixels) {
    return whileOpen(() -> new ImageInference(tower).encode(pixels));
  }

  @Override
  public boolean dropsPatches() {
    return tower.dropsPatches();
  }

  @Override
  public FloatMatrix encodeImages(PixelBatch pixels, int[][] kept) {
    if (!dropsPatches()) {
      return VisionEncoder.super.encodeImages(pixels, kept);
    }
    return whileOpen(() -> new ImageInference(tower).encode(pixels, kept));
  }

  /** Computes with the parameters, which stay until it is done. */
  <T> T whileOpen(Supplier<T> computation) {
    return lifetime.whileOpen(computation);
  }

  /** Waits for computations under way, then frees the parameters. */
  @Override
  public void close() {
    lifetime.end();
  }
}
