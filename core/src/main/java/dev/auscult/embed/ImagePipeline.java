package dev.auscult.embed;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.embed.EmbeddingCache.CachedVectors;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads images ahead of the encoder: several threads hash, look up, decode and transform; the
 * images come out in the order given, and never more than {@code ahead} of them wait.
 */
final class ImagePipeline implements AutoCloseable {
  private final Iterator<ImageItem> items;
  private final ImageTransform transform;
  private final CachedVectors cached;
  private final int ahead;
  private final ExecutorService workers;
  private final Queue<Future<Prepared>> underway = new ArrayDeque<>();

  ImagePipeline(
      List<ImageItem> items,
      ImageTransform transform,
      CachedVectors cached,
      int threads,
      int ahead) {
    this.items = items.iterator();
    this.transform = transform;
    this.cached = cached;
    this.ahead = ahead;
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "auscult-images");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** An image that is ready: known from the cache, ready to encode, or unreadable. */
  sealed interface Prepared {
    /** The name of its row. */
    String id();
  }

  /** The cache has its vector, {@code [1, d]}. */
  record Known(String id, FloatMatrix vector) implements Prepared {}

  /** The encoder's input, and the hash under which the cache keeps the outcome. */
  record Ready(String id, ContentHash hash, PixelBatch pixels) implements Prepared {}

  /** It could not be read. */
  record Unreadable(String id, String reason) implements Prepared {}

  /** The next image, or null after the last. */
  @Nullable Prepared next() {
    while (underway.size() < ahead && items.hasNext()) {
      ImageItem item = items.next();
      underway.add(workers.submit(() -> prepare(item)));
    }
    Future<Prepared> first = underway.poll();
    return first == null ? null : await(first);
  }

  private Prepared prepare(ImageItem item) {
    try {
      ContentHash hash = item.image().hash();
      float[] vector = cached.find(hash);
      return vector != null
          ? new Known(item.id(), new FloatMatrix(1, vector.length, vector))
          : new Ready(item.id(), hash, transform.apply(item.image().read()));
    } catch (InputException e) {
      return new Unreadable(item.id(), String.valueOf(e.getMessage()));
    }
  }

  private static Prepared await(Future<Prepared> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("preparing an image failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while preparing images", e);
    }
  }

  /** Lets the images under way end by themselves: interrupting a read would close the cache. */
  @Override
  public void close() {
    underway.forEach(future -> future.cancel(false));
    workers.shutdown();
  }
}
