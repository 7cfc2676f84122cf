package dev.auscult.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.InterruptedRunException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.ImageSource;
import dev.auscult.data.MedClipView;
import dev.auscult.image.PixelBatch;
import dev.auscult.image.RgbImage;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedderTest {
  private static final Compute COMPUTE = new Compute(2, DType.FLOAT32, 0);

  private final Path folder;

  private final ToyEncoder encoder = new ToyEncoder();

  EmbedderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void everyRowIsTheUnitVectorOfItsOwnImage() {
    List<ImageItem> items = pixels(50);

    Embeddings embeddings =
        new Embedder(encoder, COMPUTE, EmbeddingCache.none())
            .images(items, Progress.NONE)
            .embeddings();

    assertThat(embeddings.ids()).isEqualTo(items.stream().map(ImageItem::id).toList());
    for (int row = 0; row < items.size(); row++) {
      Pixel pixel = (Pixel) items.get(row).image();
      double norm = Math.hypot(Math.hypot(pixel.red(), pixel.green()), pixel.blue());
      assertThat((double) embeddings.vectors().get(row, 1))
          .isCloseTo(pixel.green() / norm, within(1e-6)); // float rounding
    }
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    List<ImageItem> items = pixels(70);

    float[] one = embedWith(1, items).embeddings().vectors().toArray();
    float[] four = embedWith(4, items).embeddings().vectors().toArray();

    assertThat(four).isEqualTo(one);
  }

  @Test
  void imagesThatCannotBeReadAreLeftOutAndListed() {
    List<ImageItem> items = new ArrayList<>(pixels(20));
    items.add(3, new ImageItem("damaged", new Pixel(0, 0, 0)));

    EmbeddingRun run = embedWith(2, items);

    assertThat(run.embeddings().size()).isEqualTo(20);
    assertThat(run.embeddings().ids()).doesNotContain("damaged");
    assertThat(run.skipped())
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.id()).isEqualTo("damaged");
              assertThat(s.reason()).contains("expected an image");
            });
  }

  @Test
  void whatIsCachedIsNotEncodedAgain() {
    List<ImageItem> items = pixels(40);
    EmbeddingRun first = cached().images(items, Progress.NONE);

    EmbeddingRun second = cached().images(items, Progress.NONE);

    assertThat(first.encoded()).isEqualTo(40);
    assertThat(second.encoded()).isZero();
    assertThat(second.embeddings().vectors().toArray())
        .isEqualTo(first.embeddings().vectors().toArray());
  }

  @Test
  void viewsOfAnImageAreKeptLikeImages() {
    List<ImageItem> views = new ArrayList<>();
    for (int number = 1; number <= 4; number++) {
      for (int image = 1; image <= 5; image++) {
        views.add(
            new ImageItem(
                image + "#" + number,
                new MedClipView(new Square(40 * image), new Seed(1), number)));
      }
    }

    EmbeddingRun three = cached().images(views.subList(0, 15), Progress.NONE);
    EmbeddingRun four = cached().images(views, Progress.NONE);

    assertThat(three.encoded()).isPositive();
    assertThat(four.encoded()).as("of the fourth view alone").isLessThanOrEqualTo(5);
    assertThat(cached().images(views, Progress.NONE).encoded()).isZero();
    assertThat(Arrays.copyOf(four.embeddings().vectors().toArray(), 15 * 3))
        .isEqualTo(three.embeddings().vectors().toArray());
  }

  /** Sixteen pixels a side, large enough to be cropped. */
  private record Square(int red) implements ImageSource {
    @Override
    public String name() {
      return "square";
    }

    @Override
    public RgbImage read() {
      byte[] values = new byte[16 * 16 * 3];
      for (int i = 0; i < values.length; i++) {
        values[i] = (byte) (i % 3 == 0 ? red : 100);
      }
      return new RgbImage(16, 16, values);
    }

    @Override
    public ContentHash hash() {
      return ContentHash.of("square", Integer.toString(red));
    }
  }

  @Test
  void aChangedImageIsEncodedAgain() {
    cached().images(List.of(new ImageItem("a", new Pixel(1, 2, 3))), Progress.NONE);

    EmbeddingRun run =
        cached().images(List.of(new ImageItem("a", new Pixel(3, 2, 1))), Progress.NONE);

    assertThat(run.encoded()).isEqualTo(1);
    assertThat(run.embeddings().vectors().get(0, 0))
        .isGreaterThan(run.embeddings().vectors().get(0, 2));
  }

  @Test
  void theCacheKeepsPrecisionsApart() {
    List<ImageItem> items = pixels(5);
    cached().images(items, Progress.NONE);

    Embedder half =
        new Embedder(encoder, new Compute(2, DType.BFLOAT16, 0), EmbeddingCache.in(folder));

    assertThat(half.images(items, Progress.NONE).encoded()).isEqualTo(5);
  }

  @Test
  void anInterruptedRunKeepsItsFinishedBatches() {
    List<ImageItem> items = pixels(100);
    assertThatThrownBy(() -> cached().images(items, stoppingAfter(40)))
        .isInstanceOf(InterruptedRunException.class);

    EmbeddingRun resumed = cached().images(items, Progress.NONE);

    assertThat(resumed.encoded()).isLessThanOrEqualTo(60);
    assertThat(resumed.embeddings().vectors().toArray())
        .isEqualTo(embedWith(2, items).embeddings().vectors().toArray());
  }

  @Test
  void onlyAFewBatchesAreInMemory() {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger mostAhead = new AtomicInteger();
    List<ImageItem> items =
        pixels(300).stream()
            .map(item -> new ImageItem(item.id(), counting(item.image(), read, mostAhead)))
            .toList();

    embedWith(4, items);

    // Four batches of eight wait in the pipeline, one is being gathered.
    assertThat(mostAhead.get()).isLessThanOrEqualTo(40);
  }

  private ImageSource counting(ImageSource image, AtomicInteger read, AtomicInteger mostAhead) {
    return new ImageSource() {
      @Override
      public String name() {
        return image.name();
      }

      @Override
      public RgbImage read() {
        int ahead = read.incrementAndGet() - encoder.images.get();
        mostAhead.accumulateAndGet(ahead, Math::max);
        return image.read();
      }

      @Override
      public ContentHash hash() {
        return image.hash();
      }
    };
  }

  @Test
  void equalTextsAreEncodedOnceAndEveryOneHasItsRow() {
    List<TextItem> items =
        List.of(
            new TextItem("1", "abc"),
            new TextItem("2", "cba"),
            new TextItem("3", "abc"),
            new TextItem("4", "abcdefg"));

    EmbeddingRun run = cached().texts(items, Progress.NONE);

    assertThat(run.encoded()).isEqualTo(3);
    assertThat(run.truncated()).isEqualTo(1);
    assertThat(run.embeddings().ids()).containsExactly("1", "2", "3", "4");
    assertThat(run.embeddings().vectors().row(2)).isEqualTo(run.embeddings().vectors().row(0));
    assertThat(run.embeddings().vectors().row(1)).isNotEqualTo(run.embeddings().vectors().row(0));
    assertThat(cached().texts(items, Progress.NONE).encoded()).isZero();
  }

  @Test
  void everyBatchHasTheSameShapeSoThatKernelsRoundAlike() {
    embedWith(2, pixels(19));
    cached()
        .texts(
            List.of(new TextItem("1", "ab"), new TextItem("2", "abc"), new TextItem("3", "b")),
            Progress.NONE);

    assertThat(encoder.imageBatches).containsExactly(8, 8, 8);
    assertThat(encoder.textBatches)
        .containsExactly(
            Collections.nCopies(8, 1), Collections.nCopies(8, 2), Collections.nCopies(8, 3));
  }

  /** The toy encoder divides letters that it does not know by their length, which is zero. */
  @Test
  void whatIsNoNumberIsRefusedAndNotRemembered() {
    List<TextItem> texts = List.of(new TextItem("1", "abc"), new TextItem("2", "```"));
    Embedder broken = new Embedder(new Overflowing(), COMPUTE, EmbeddingCache.in(folder));

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> broken.images(pixels(10), Progress.NONE))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("image-0: found an embedding that holds Infinity");
      assertThatThrownBy(() -> cached().texts(texts, Progress.NONE))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("text 2: found an embedding that holds NaN")
          .hasMessageNotContaining("```");
    }
  }

  /** Weights too large for its precision. */
  private static final class Overflowing extends ToyEncoder {
    @Override
    public FloatMatrix encodeImages(PixelBatch pixels) {
      float[] values = super.encodeImages(pixels).toArray();
      values[1] = Float.POSITIVE_INFINITY;
      return new FloatMatrix(pixels.count(), 3, values);
    }
  }

  @Test
  void nothingToEmbedGivesNoRows() {
    assertThat(embedWith(2, List.of()).embeddings().size()).isZero();
  }

  private EmbeddingRun embedWith(int threads, List<ImageItem> items) {
    return new Embedder(encoder, new Compute(threads, DType.FLOAT32, 0), EmbeddingCache.none())
        .images(items, Progress.NONE);
  }

  private Embedder cached() {
    return new Embedder(encoder, COMPUTE, EmbeddingCache.in(folder));
  }

  private static List<ImageItem> pixels(int count) {
    SplittableRandom random = new SplittableRandom(7);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new ImageItem(
                    "image-" + i,
                    new Pixel(1 + random.nextInt(255), random.nextInt(256), random.nextInt(256))))
        .toList();
  }

  private static Progress stoppingAfter(int steps) {
    return (name, total) ->
        new Progress.Task() {
          private long done;

          @Override
          public void advance(long more) {
            done += more;
            if (done >= steps) {
              throw new InterruptedRunException("stopped by the test");
            }
          }

          @Override
          public void close() {}
        };
  }
}
