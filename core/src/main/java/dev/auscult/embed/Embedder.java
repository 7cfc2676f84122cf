package dev.auscult.embed;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.embed.EmbeddingCache.CachedVectors;
import dev.auscult.embed.ImagePipeline.Known;
import dev.auscult.embed.ImagePipeline.Prepared;
import dev.auscult.embed.ImagePipeline.Ready;
import dev.auscult.embed.ImagePipeline.Unreadable;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.VisionEncoder;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Embeds any number of images, and texts where the model has an encoder of them. Images are decoded
 * and transformed by several threads while the encoder works on earlier ones; only a few batches
 * are in memory.
 *
 * <p>An embedding is the same to the last bit whatever else is embedded with it, and from whatever
 * cache: matrix kernels depend on the shape of their operands, so every batch has the same number
 * of rows (the last row fills it up) and its texts the same length. On some processors they depend
 * on the number of threads as well, in the last bits. Every finished batch goes to the cache at
 * once: an interrupted run loses little.
 */
public final class Embedder {
  /** Fast on every machine we measured, and little waste where a batch is filled up. */
  private static final int BATCH = 8;

  private final VisionEncoder encoder;
  private final Compute compute;
  private final EmbeddingCache cache;

  /**
   * @param compute how {@code encoder} computes: its precision is part of what the cache goes by,
   *     its threads decode
   */
  public Embedder(VisionEncoder encoder, Compute compute, EmbeddingCache cache) {
    this.encoder = encoder;
    this.compute = compute;
    this.cache = cache;
  }

  /** What embeds. */
  public VisionEncoder encoder() {
    return encoder;
  }

  /** How it computes. */
  public Compute compute() {
    return compute;
  }

  /**
   * Embeds images. Those that cannot be read are left out and listed.
   *
   * @throws InputException if the vectors do not fit one matrix
   * @throws dev.auscult.base.InterruptedRunException if the user stopped it; the cache then holds
   *     what is finished
   */
  public EmbeddingRun images(List<ImageItem> items, Progress progress) {
    try (CachedVectors cached = cache.open(imageSpace(), encoder.dimension());
        Progress.Task task = progress.begin("embedding images", items.size());
        ImagePipeline pipeline =
            new ImagePipeline(
                items, encoder.imageTransform(), cached, compute.threads(), 4 * BATCH)) {
      ImageRun run = new ImageRun(new Rows(items.size(), encoder.dimension()), cached, task);
      for (Prepared image = pipeline.next(); image != null; image = pipeline.next()) {
        run.take(image);
      }
      return run.finish();
    }
  }

  /**
   * Embeds texts; equal texts are encoded once.
   *
   * @throws InputException if the model has no text encoder
   */
  public EmbeddingRun texts(List<TextItem> items, Progress progress) {
    Map<String, List<Integer>> rowsOf = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i++) {
      rowsOf.computeIfAbsent(items.get(i).text(), text -> new ArrayList<>()).add(i);
    }
    try (CachedVectors cached = cache.open(textSpace(), encoder.dimension());
        Progress.Task task = progress.begin("embedding texts", items.size())) {
      TextRun run = new TextRun(dual(), new Rows(items.size(), encoder.dimension()), cached, task);
      rowsOf.forEach(run::take);
      return run.finish(items.stream().map(TextItem::id).toList());
    }
  }

  private DualEncoder dual() {
    if (encoder instanceof DualEncoder dual) {
      return dual;
    }
    throw new InputException(
        "model " + encoder.identity().name(),
        "no text encoder",
        "a model of images and texts",
        "embed images with it, or name another model");
  }

  private ContentHash imageSpace() {
    return space("image", encoder.imageTransform().hash());
  }

  private ContentHash textSpace() {
    return space("text", dual().tokenizer().hash());
  }

  /** Everything that a vector depends on besides the content. */
  private ContentHash space(String modality, ContentHash preprocessing) {
    return ContentHash.of(
        modality,
        encoder.identity().weights().hex(),
        encoder.identity().configuration().hex(),
        preprocessing.hex(),
        compute.dtype().name(),
        encoder.engine());
  }

  /** One pass over images: gives each its row, and gathers those to encode into batches. */
  private final class ImageRun {
    private final Rows rows;
    private final CachedVectors cached;
    private final Progress.Task task;
    private final List<String> ids = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final Map<Integer, Ready> batch = new LinkedHashMap<>();
    private int encoded;

    ImageRun(Rows rows, CachedVectors cached, Progress.Task task) {
      this.rows = rows;
      this.cached = cached;
      this.task = task;
    }

    void take(Prepared image) {
      if (image instanceof Unreadable unreadable) {
        skipped.add(new Skipped(unreadable.id(), unreadable.reason()));
        task.advance(1);
        return;
      }
      int row = ids.size();
      ids.add(image.id());
      if (image instanceof Known known) {
        rows.set(row, known.vector().row(0));
        task.advance(1);
      } else if (image instanceof Ready ready) {
        batch.put(row, ready);
        if (batch.size() == BATCH) {
          encode();
        }
      }
    }

    private void encode() {
      List<PixelBatch> pixels = batch.values().stream().map(Ready::pixels).toList();
      FloatMatrix vectors = encoder.encodeImages(PixelBatch.stack(filledUp(pixels)));
      Map<ContentHash, float[]> fresh = new LinkedHashMap<>();
      int next = 0;
      for (Map.Entry<Integer, Ready> entry : batch.entrySet()) {
        float[] vector = vectors.row(next++);
        requireFinite(vector, ids.get(entry.getKey()));
        rows.set(entry.getKey(), vector);
        fresh.put(entry.getValue().hash(), vector);
      }
      batch.clear();
      cached.add(fresh);
      encoded += next;
      task.advance(next);
    }

    EmbeddingRun finish() {
      if (!batch.isEmpty()) {
        encode();
      }
      return new EmbeddingRun(new Embeddings(ids, rows.first(ids.size())), skipped, 0, encoded);
    }
  }

  /** What is no number is neither remembered nor scored. A text is named by its number only. */
  private static void requireFinite(float[] vector, String content) {
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        throw new InputException(
            content,
            "an embedding that holds " + value,
            "finite numbers from the model",
            "compute with --dtype float32, or check the model's weights");
      }
    }
  }

  private static <T> List<T> filledUp(List<T> rows) {
    List<T> full = new ArrayList<>(rows);
    while (full.size() < BATCH) {
      full.add(rows.get(rows.size() - 1));
    }
    return full;
  }

  /** One pass over different texts, each with the rows that want it. */
  private static final class TextRun {
    private final DualEncoder dual;
    private final Rows rows;
    private final CachedVectors cached;
    private final Progress.Task task;
    private final Map<Integer, List<PendingText>> byLength = new TreeMap<>();
    private int encoded;
    private int truncated;

    TextRun(DualEncoder dual, Rows rows, CachedVectors cached, Progress.Task task) {
      this.dual = dual;
      this.rows = rows;
      this.cached = cached;
      this.task = task;
    }

    void take(String text, List<Integer> targets) {
      Tokens tokens = dual.tokenizer().encode(text);
      truncated += tokens.truncated() ? targets.size() : 0;
      ContentHash hash = ContentHash.of(text);
      float[] known = cached.find(hash);
      if (known != null) {
        targets.forEach(row -> rows.set(row, known));
        task.advance(targets.size());
        return;
      }
      List<PendingText> batch =
          byLength.computeIfAbsent(tokens.tokens().size(), length -> new ArrayList<>());
      batch.add(new PendingText(hash, tokens, targets));
      if (batch.size() == BATCH) {
        encode(batch);
      }
    }

    private void encode(List<PendingText> batch) {
      FloatMatrix vectors =
          dual.encodeTexts(
              filledUp(batch).stream().map(text -> text.tokens().ids()).toArray(int[][]::new));
      Map<ContentHash, float[]> fresh = new LinkedHashMap<>();
      int done = 0;
      for (int i = 0; i < batch.size(); i++) {
        float[] vector = vectors.row(i);
        requireFinite(vector, "text " + (batch.get(i).targets().get(0) + 1));
        batch.get(i).targets().forEach(row -> rows.set(row, vector));
        fresh.put(batch.get(i).hash(), vector);
        done += batch.get(i).targets().size();
      }
      cached.add(fresh);
      encoded += batch.size();
      batch.clear();
      task.advance(done);
    }

    EmbeddingRun finish(List<String> ids) {
      byLength.values().stream().filter(batch -> !batch.isEmpty()).forEach(this::encode);
      return new EmbeddingRun(
          new Embeddings(ids, rows.first(ids.size())), List.of(), truncated, encoded);
    }
  }

  private record PendingText(ContentHash hash, Tokens tokens, List<Integer> targets) {}

  /** The rows of the result, filled in any order. */
  private static final class Rows {
    private final int dimension;
    private final float[] values;

    Rows(int count, int dimension) {
      if ((long) count * dimension > Integer.MAX_VALUE - 8) {
        throw new InputException(
            "embedding",
            "%d vectors of %d numbers".formatted(count, dimension),
            "at most %d vectors".formatted((Integer.MAX_VALUE - 8) / dimension),
            "embed in several parts");
      }
      this.dimension = dimension;
      this.values = new float[count * dimension];
    }

    void set(int row, float[] vector) {
      System.arraycopy(vector, 0, values, row * dimension, dimension);
    }

    FloatMatrix first(int count) {
      boolean all = count * dimension == values.length;
      return new FloatMatrix(
          count, dimension, all ? values : Arrays.copyOf(values, count * dimension));
    }
  }
}
