package dev.auscult.model;

import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.Tokenizer;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** A CLIP model for inference, with its own preprocessing and vocabulary. */
public final class ClipEncoder implements DualEncoder {
  private final Supplier<ModelIdentity> identity;
  private final Parameters parameters;
  private final ClipModel model;
  private final ImageTransform imageTransform;
  private final Tokenizer tokenizer;
  private final double logitScale;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * Takes ownership of the parameters.
   *
   * @param identity asked for when somebody wants to know; hashing large weights takes time
   */
  public ClipEncoder(
      Supplier<ModelIdentity> identity,
      ClipConfig config,
      Parameters parameters,
      ImageTransform imageTransform,
      Tokenizer tokenizer) {
    this.identity = identity;
    this.parameters = parameters;
    this.model = ClipModel.of(config, parameters);
    this.imageTransform = imageTransform;
    this.tokenizer = tokenizer;
    this.logitScale = Math.exp(model.logitScale().item());
  }

  @Override
  public ModelIdentity identity() {
    return identity.get();
  }

  /** The architecture. */
  public ClipConfig config() {
    return model.config();
  }

  @Override
  public int dimension() {
    return config().dimension();
  }

  @Override
  public double logitScale() {
    return logitScale;
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
    return config().vision().grid();
  }

  @Override
  public int pooledPosition(int[] ids) {
    return config().text().pooledPosition(ids);
  }

  @Override
  public FloatMatrix encodeImages(PixelBatch pixels) {
    return whileOpen(() -> model.encodeImages(pixels));
  }

  @Override
  public FloatMatrix encodeTexts(int[][] ids, int[] pooled) {
    return whileOpen(() -> model.encodeTexts(ids, pooled));
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
