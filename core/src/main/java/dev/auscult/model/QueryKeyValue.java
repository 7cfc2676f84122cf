package dev.auscult.model;

import dev.auscult.tensor.Tensor;

/** The maps to queries, keys and values; checkpoints keep them apart or stacked. */
public sealed interface QueryKeyValue {

  /** From what asks. */
  Layer query();

  /** From what is asked. */
  Layer key();

  /** From what is asked. */
  Layer value();

  /** Three maps. */
  record Apart(Layer query, Layer key, Layer value) implements QueryKeyValue {}

  /**
   * One map whose outputs are queries, keys and values one after another, as many of each.
   *
   * @param all {@code d} to {@code 3 d}
   */
  record Stacked(Linear all) implements QueryKeyValue {
    @Override
    public Linear query() {
      return part(0);
    }

    @Override
    public Linear key() {
      return part(1);
    }

    @Override
    public Linear value() {
      return part(2);
    }

    private Linear part(int number) {
      long width = all.weight().size(0) / 3;
      return all.outputs(number * width, width);
    }
  }

  /**
   * A map to queries, and one whose outputs are keys and values one after another.
   *
   * @param keyValue to {@code 2 d}
   */
  record KeyValueStacked(Linear query, Linear keyValue) implements QueryKeyValue {
    @Override
    public Linear key() {
      return keyValue.outputs(0, width());
    }

    @Override
    public Linear value() {
      return keyValue.outputs(width(), width());
    }

    private long width() {
      return keyValue.weight().size(0) / 2;
    }
  }

  /**
   * Three matrices and the biases of all; torch.nn.MultiheadAttention keeps them so where what is
   * asked has a width of its own.
   *
   * @param bias {@code [3 d]}, of queries, keys and values
   */
  record BiasStacked(Tensor queryWeight, Tensor keyWeight, Tensor valueWeight, Tensor bias)
      implements QueryKeyValue {
    @Override
    public Linear query() {
      return part(queryWeight, 0);
    }

    @Override
    public Linear key() {
      return part(keyWeight, 1);
    }

    @Override
    public Linear value() {
      return part(valueWeight, 2);
    }

    private Linear part(Tensor weight, int number) {
      long width = weight.size(0);
      return new Linear(weight, bias.narrow(0, number * width, width));
    }
  }
}
