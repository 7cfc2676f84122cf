package dev.auscult.onnx;

import dev.auscult.base.InputException;
import dev.auscult.model.BatchSize;
import dev.auscult.model.TextLimits;
import dev.auscult.onnx.OnnxDescription.Padding;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.Tokenizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text half: ids in, unit rows out. */
final class OnnxTextEncoder implements AutoCloseable {
  private static final int USUAL_BATCH = 64;

  /** Ids of a batch of fixed size. */
  private static final long MOST_IDS = 1 << 24;

  /** What a batch mate's padding may move: a few roundings of float32 on unit vectors. */
  private static final double ROUNDING = 1e-5;

  private final OnnxDescription.Text description;
  private final OnnxNetwork network;
  private final Tokenizer tokenizer;
  private final OnnxInput ids;
  private final Optional<OnnxInput> mask;
  private final Optional<OnnxInput> position;
  private final BatchRows batch;

  private OnnxTextEncoder(
      OnnxDescription.Text description, OnnxNetwork network, Tokenizer tokenizer) {
    this.description = description;
    this.network = network;
    this.tokenizer = tokenizer;
    this.ids = network.input(description.ids(), OnnxInput.WHOLE, "[n, length] ids", -1, -1);
    long rows = ids.size(0);
    long length = ids.size(1);
    this.mask =
        description
            .attentionMask()
            .map(name -> network.input(name, OnnxInput.MASK, "[n, length] marks", rows, length));
    this.position =
        description
            .position()
            .map(name -> network.input(name, OnnxInput.WHOLE, "[n] positions", rows));
    network.expectNoInputsBeside(inputNames());
    network.expectOutput(description.output(), rows, -1);
    checkLength(length);
    this.batch = BatchRows.of(network, rows, USUAL_BATCH);
    if ((long) batch.rowsFor(1) * description.contextLength() > MOST_IDS) {
      throw network.bad(
          "%d texts of %d ids at once".formatted(batch.rowsFor(1), description.contextLength()),
          "a free batch axis, or a smaller batch");
    }
  }

  /**
   * Opens the encoder.
   *
   * @throws InputException if the file does not fit the description
   */
  static OnnxTextEncoder open(OnnxDescription.Text description, Tokenizer tokenizer, int threads) {
    OnnxNetwork network = OnnxNetwork.open(OnnxGraph.read(description.file()), threads);
    try {
      return new OnnxTextEncoder(description, network, tokenizer);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private Set<String> inputNames() {
    Set<String> names = new HashSet<>(Set.of(description.ids()));
    description.attentionMask().ifPresent(names::add);
    description.position().ifPresent(names::add);
    return names;
  }

  private void checkLength(long fixed) {
    boolean whole = description.padding() == Padding.CONTEXT;
    if (fixed != -1 && (!whole || fixed != description.contextLength())) {
      throw network.bad(
          "texts of exactly %d ids".formatted(fixed),
          whole
              ? "a free length, or the context length " + description.contextLength()
              : "a free length, as \"padding\": \"longest\" needs, or \"padding\": \"context\"");
    }
  }

  OnnxGraph graph() {
    return network.graph();
  }

  boolean hidesTokens() {
    return mask.isPresent();
  }

  /** Embeds texts of different lengths, with the tokenizer's last id; the dimension. */
  int tryOut() {
    List<Integer> around = tokenizer.separators();
    int last = tokenizer.vocabularySize() - 1;
    int begin = around.isEmpty() ? last : around.get(0);
    int end = around.isEmpty() ? last : around.get(around.size() - 1);
    int[] brief = {begin, end};
    int[] longer = {begin, last, 0, last, end};
    int[][] both = {
      Arrays.copyOf(brief, Math.min(2, description.contextLength())),
      Arrays.copyOf(longer, Math.min(5, description.contextLength()))
    };
    int[] pooled = Arrays.stream(both).mapToInt(this::pooledPosition).toArray();
    if (batch.inputs() == 1) {
      UnitRows longest = run(both, pooled, null, new int[] {1});
      network.expectDimension(run(both, pooled, null, new int[] {0}), longest.dimension());
      return longest.dimension();
    }
    UnitRows together = run(both, pooled, null, new int[] {0, 1});
    UnitRows alone = run(both, pooled, null, new int[] {0});
    network.expectDimension(alone, together.dimension());
    if (together.difference(0, alone, 0) > ROUNDING) {
      throw network.bad(
          "a text encoder that reads what fills a row",
          "the same embedding alone and beside a longer text, or \"padding\": \"context\"");
    }
    return together.dimension();
  }

  /** The position at which a whole text is read. */
  int pooledPosition(int[] text) {
    return switch (description.reading()) {
      case FIXED -> 0;
      case LARGEST_ID -> indexOf(text, Arrays.stream(text).max().orElse(0));
      case FIRST_END_TOKEN -> {
        List<Integer> around = tokenizer.separators();
        yield around.isEmpty() ? 0 : indexOf(text, around.get(around.size() - 1));
      }
    };
  }

  /** Where an id is for the first time; 0 if it is nowhere, as in the reference. */
  private static int indexOf(int[] text, int id) {
    for (int i = 0; i < text.length; i++) {
      if (text[i] == id) {
        return i;
      }
    }
    return 0;
  }

  /**
   * Embeds texts, {@code [n, dimension]}.
   *
   * @param hidden for each id whether it is hidden from attention; null for none
   * @throws InputException if a text shall be read elsewhere than the network reads it
   */
  FloatMatrix encode(int[][] texts, int[] pooled, boolean @Nullable [][] hidden, int dimension) {
    new TextLimits(description.contextLength(), tokenizer.vocabularySize()).check(texts, pooled);
    if (hidden != null) {
      TextLimits.checkHidden(texts, hidden);
    }
    checkPositions(texts, pooled);
    float[] rows = new float[Math.multiplyExact(texts.length, dimension)];
    int[] order = BatchSize.ascending(texts.length, text -> texts[text].length);
    for (int from = 0; from < order.length; from += batch.inputs()) {
      int to = Math.min(order.length, from + batch.inputs());
      int[] chosen = Arrays.copyOfRange(order, from, to);
      UnitRows embedded = run(texts, pooled, hidden, chosen);
      network.expectDimension(embedded, dimension);
      for (int i = 0; i < chosen.length; i++) {
        embedded.copy(i, rows, chosen[i]);
      }
    }
    return new FloatMatrix(texts.length, dimension, rows);
  }

  /** Without an input for it, the network's own rule decides. */
  private void checkPositions(int[][] texts, int[] pooled) {
    if (position.isPresent() || description.reading() == OnnxDescription.Reading.FIXED) {
      return;
    }
    for (int text = 0; text < texts.length; text++) {
      if (pooledPosition(texts[text]) != pooled[text]) {
        throw new InputException(
            network.graph().file().toString(),
            "masked texts that it would read at position %d".formatted(pooledPosition(texts[text])),
            "position %d, where it reads the whole text".formatted(pooled[text]),
            "export it with an input for the position (docs/onnx.md), or audit with --text-mask"
                + " id-zero");
      }
    }
  }

  private UnitRows run(int[][] texts, int[] pooled, boolean @Nullable [][] hidden, int[] chosen) {
    int length =
        description.padding() == Padding.CONTEXT
            ? description.contextLength()
            : texts[chosen[chosen.length - 1]].length;
    int rows = batch.rowsFor(chosen.length);
    int[] padded = new int[Math.multiplyExact(rows, length)];
    int[] present = new int[padded.length];
    int[] positions = new int[rows];
    Arrays.fill(padded, tokenizer.padId());
    for (int row = 0; row < rows; row++) {
      int text = chosen[Math.min(row, chosen.length - 1)];
      positions[row] = pooled[text];
      for (int j = 0; j < texts[text].length; j++) {
        padded[row * length + j] = texts[text][j];
        present[row * length + j] = hidden != null && hidden[text][j] ? 0 : 1;
      }
    }
    return network.run(
        (tensors, environment) -> {
          tensors.put(ids.name(), ids.whole(environment, padded, rows, length));
          if (mask.isPresent()) {
            tensors.put(mask.get().name(), mask.get().whole(environment, present, rows, length));
          }
          if (position.isPresent()) {
            tensors.put(position.get().name(), position.get().whole(environment, positions, rows));
          }
        },
        description.output(),
        rows);
  }

  @Override
  public void close() {
    network.close();
  }
}
