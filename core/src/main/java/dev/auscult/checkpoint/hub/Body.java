package dev.auscult.checkpoint.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer as they arrive, in bounded memory. Unlike a stream it does not wait
 * forever for a server that has fallen silent, and the user can end the wait.
 */
final class Body implements BodySubscriber<Body>, AutoCloseable {
  private static final int BATCHES_AHEAD = 8;

  private sealed interface Signal permits Bytes, End, Broken {}

  private record Bytes(List<ByteBuffer> buffers) implements Signal {}

  private record End() implements Signal {}

  private record Broken(Throwable failure) implements Signal {}

  /** Stands for a subscription that has ended. */
  private static final Flow.Subscription UNWANTED =
      new Flow.Subscription() {
        @Override
        public void request(long batches) {}

        @Override
        public void cancel() {}
      };

  private final Duration silence;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final Queue<ByteBuffer> buffers = new ArrayDeque<>();
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

  private Body(Duration silence) {
    this.silence = silence;
  }

  /** Hands the body over as soon as the headers are there. */
  static HttpResponse.BodyHandler<Body> handler(Duration silence) {
    return headers -> new Body(silence);
  }

  @Override
  public CompletionStage<Body> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    if (subscription.compareAndSet(null, begun)) {
      begun.request(BATCHES_AHEAD);
    } else {
      begun.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> batch) {
    signals.add(new Bytes(batch));
  }

  @Override
  public void onError(Throwable failure) {
    signals.add(new Broken(failure));
  }

  @Override
  public void onComplete() {
    signals.add(new End());
  }

  /**
   * The next bytes, or empty at the end.
   *
   * @param pulse called while waiting; it throws if the user wants to stop
   * @throws IOException if the connection broke, or nothing came for too long
   */
  Optional<ByteBuffer> next(Runnable pulse) throws IOException {
    while (true) {
      pulse.run();
      ByteBuffer buffer = buffers.poll();
      if (buffer != null && buffer.hasRemaining()) {
        return Optional.of(buffer);
      }
      if (buffer == null && !fill(pulse)) {
        return Optional.empty();
      }
    }
  }

  /** Takes the next batch; false at the end. */
  private boolean fill(Runnable pulse) throws IOException {
    Signal signal = await(pulse);
    if (signal instanceof Bytes bytes) {
      buffers.addAll(bytes.buffers());
      Flow.Subscription open = subscription.get();
      if (open != null) {
        open.request(1);
      }
      return true;
    }
    if (signal instanceof Broken broken) {
      throw new IOException("the answer broke off", broken.failure());
    }
    signals.add(signal); // so that asking again ends again
    return false;
  }

  private Signal await(Runnable pulse) throws IOException {
    long until = System.nanoTime() + silence.toNanos();
    try {
      while (System.nanoTime() < until) {
        Signal signal = signals.poll(Waiting.TICK.toMillis(), TimeUnit.MILLISECONDS);
        if (signal != null) {
          return signal;
        }
        pulse.run();
      }
    } catch (InterruptedException e) {
      throw Waiting.interrupted();
    }
    throw HubFailure.broken("no byte for %d s".formatted(silence.toSeconds()), null);
  }

  /**
   * All bytes, if they are few.
   *
   * @param limit how many at most
   * @return them, or empty if there are more
   */
  Optional<byte[]> all(int limit, Runnable pulse) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Optional<ByteBuffer> next = next(pulse); next.isPresent(); next = next(pulse)) {
      byte[] bytes = new byte[next.get().remaining()];
      next.get().get(bytes);
      if (all.size() + bytes.length > limit) {
        return Optional.empty();
      }
      all.writeBytes(bytes);
    }
    return Optional.of(all.toByteArray());
  }

  /** Wants no more; the connection is dropped unless everything has arrived. */
  @Override
  public void close() {
    Flow.Subscription open = subscription.getAndSet(UNWANTED);
    if (open != null) {
      open.cancel();
    }
  }
}
