package dev.auscult.onnx;

import dev.auscult.base.InputException;

/**
 * How many inputs a network computes at once.
 *
 * @param inputs the most that are taken together
 * @param rows the rows that the network must be given; -1 if as many as there are inputs
 */
record BatchRows(int inputs, int rows) {
  private static final int MOST = 1024;

  /**
   * The rule of a network. Dynamic quantisation chooses its scale by everything in a batch, so that
   * there every input is computed alone and its embedding depends on nothing else.
   *
   * @param fixed the size of the batch axis; -1 if it is free
   * @param usual how many to take where nothing is prescribed
   * @throws InputException if the axis has a size that makes no sense
   */
  static BatchRows of(OnnxNetwork network, long fixed, int usual) {
    if (fixed != -1 && (fixed < 1 || fixed > MOST)) {
      throw network.bad(
          "a batch of " + fixed, "a free batch axis, or one of 1 to %d".formatted(MOST));
    }
    boolean alone = network.graph().quantisation() == OnnxGraph.Quantisation.DYNAMIC;
    int most = fixed == -1 ? usual : (int) fixed;
    return new BatchRows(alone ? 1 : most, (int) fixed);
  }

  /** The rows that the network is given for some inputs; what is too many repeats the last. */
  int rowsFor(int count) {
    return rows == -1 ? count : rows;
  }
}
