package dev.auscult.onnx;

import dev.auscult.base.InputException;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.FloatMatrix;
import java.util.Set;

/** The image half: pixels in, unit rows out. */
final class OnnxImageEncoder implements AutoCloseable {
  private static final int CHANNELS = 3;
  private static final int USUAL_BATCH = 16;

  /** Floats of a batch, 64 MB; larger images are taken fewer at a time. */
  private static final long USUAL_VALUES = 1 << 24;

  /** Floats of a batch of fixed size, 256 MB. */
  private static final long MOST_VALUES = 1 << 26;

  private final OnnxDescription.Image description;
  private final OnnxNetwork network;
  private final OnnxInput input;
  private final BatchRows batch;

  private OnnxImageEncoder(OnnxDescription.Image description, OnnxNetwork network) {
    this.description = description;
    this.network = network;
    int side = description.grid().imageSize();
    this.input =
        network.input(
            description.input(),
            OnnxInput.PIXELS,
            "[n, %d, %d, %d] pixels".formatted(CHANNELS, side, side),
            -1,
            CHANNELS,
            side,
            side);
    network.expectNoInputsBeside(Set.of(description.input()));
    network.expectOutput(description.output(), -1, -1);
    long each = (long) CHANNELS * side * side;
    int usual = (int) Math.max(1, Math.min(USUAL_BATCH, USUAL_VALUES / each));
    this.batch = BatchRows.of(network, input.size(0), usual);
    if (batch.rowsFor(1) * each > MOST_VALUES) {
      throw network.bad(
          "%d images of %d x %d at once".formatted(batch.rowsFor(1), side, side),
          "a free batch axis, or a smaller batch");
    }
  }

  /**
   * Opens the encoder.
   *
   * @throws InputException if the file does not fit the description
   */
  static OnnxImageEncoder open(OnnxDescription.Image description, int threads) {
    OnnxNetwork network = OnnxNetwork.open(OnnxGraph.read(description.file()), threads);
    try {
      return new OnnxImageEncoder(description, network);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  OnnxGraph graph() {
    return network.graph();
  }

  /** Embeds two patterns, to see whether the file computes; the dimension. */
  int tryOut() {
    int side = description.grid().imageSize();
    int count = Math.min(2, batch.inputs());
    float[] values = new float[count * CHANNELS * side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = (7 * i % 13 - 6) / 6f;
    }
    return run(new PixelBatch(count, CHANNELS, side, side, values), 0).dimension();
  }

  /** Embeds images, {@code [n, dimension]}. */
  FloatMatrix encode(PixelBatch pixels, int dimension) {
    pixels.check(CHANNELS, description.grid().imageSize());
    float[] rows = new float[Math.multiplyExact(pixels.count(), dimension)];
    for (int from = 0; from < pixels.count(); from += batch.inputs()) {
      UnitRows embedded = run(pixels, from);
      network.expectDimension(embedded, dimension);
      int to = Math.min(pixels.count(), from + batch.inputs());
      for (int image = from; image < to; image++) {
        embedded.copy(image - from, rows, image);
      }
    }
    return new FloatMatrix(pixels.count(), dimension, rows);
  }

  private UnitRows run(PixelBatch pixels, int from) {
    int each = pixels.valuesPerImage();
    int count = batch.rowsFor(Math.min(batch.inputs(), pixels.count() - from));
    float[] values = new float[Math.multiplyExact(count, each)];
    for (int i = 0; i < count; i++) {
      int image = Math.min(from + Math.min(i, batch.inputs() - 1), pixels.count() - 1);
      System.arraycopy(pixels.values(), image * each, values, i * each, each);
    }
    int side = description.grid().imageSize();
    return network.run(
        (tensors, environment) ->
            tensors.put(
                input.name(), input.floats(environment, values, count, CHANNELS, side, side)),
        description.output(),
        count);
  }

  @Override
  public void close() {
    network.close();
  }
}
