package dev.auscult.model;

import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.Tokenizer;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Two towers for inference, with the checkpoint's own preprocessing and vocabulary. */
public final class TowerEncoder implements DualEncoder {
  private final Supplier<ModelIdentity> identity;
  private final Architecture architecture;
  private final Parameters parameters;
  private final Towers towers;
  private final ImageTransform imageTransform;
  private final Tokenizer tokenizer;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * Takes ownership of the parameters.
   *
   * @param identity asked for when somebody wants to know; hashing large weights takes time
   * @param architecture what it is made of
   * @param towers over these parameters
   */
  public TowerEncoder(
      Supplier<ModelIdentity> identity,
      Architecture architecture,
      Towers towers,
      Parameters parameters,
      ImageTransform imageTransform,
      Tokenizer tokenizer) {
    this.identity = identity;
    this.architecture = architecture;
    this.parameters = parameters;
    this.towers = towers;
    this.imageTransform = imageTransform;
    this.tokenizer = tokenizer;
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
    return towers.image().dimension();
  }

  @Override
  public double logitScale() {
    return towers.score().scale();
  }

  @Override
  public ScoreFunction score() {
    return towers.score();
  }

  @Override
  public ImageTransform imageTransform() {
    return imageTransform;
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public PatchGrid patchGrid() {
    return towers.image().grid();
  }

  @Override
  public int pooledPosition(int[] ids) {
    return towers.text().pooledPosition(ids);
  }

  @Override
  public FloatMatrix encodeImages(PixelBatch pixels) {
    return whileOpen(() -> new ImageInference(towers.image()).encode(pixels));
  }

  @Override
  public boolean dropsPatches() {
    return towers.image().dropsPatches();
  }

  @Override
  public FloatMatrix encodeImages(PixelBatch pixels, int[][] kept) {
    if (!dropsPatches()) {
      return DualEncoder.super.encodeImages(pixels, kept);
    }
    return whileOpen(() -> new ImageInference(towers.image()).encode(pixels, kept));
  }

  @Override
  public FloatMatrix encodeTexts(int[][] ids, int[] pooled) {
    return whileOpen(() -> new TextInference(towers.text()).encode(ids, pooled, null));
  }

  @Override
  public boolean hidesTokens() {
    return towers.text().hidesTokens();
  }

  @Override
  public FloatMatrix encodeTexts(int[][] ids, int[] pooled, boolean[][] hidden) {
    if (!hidesTokens()) {
      return DualEncoder.super.encodeTexts(ids, pooled, hidden);
    }
    return whileOpen(() -> new TextInference(towers.text()).encode(ids, pooled, hidden));
  }

  private FloatMatrix whileOpen(Supplier<FloatMatrix> computation) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      return computation.get();
    } finally {
      use.readLock().unlock();
    }
  }

  /** Waits for computations under way, then frees the parameters. */
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        parameters.close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
