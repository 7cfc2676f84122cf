package dev.auscult.model;

/** The maps to queries, keys and values; checkpoints keep them apart or stacked. */
public sealed interface QueryKeyValue {

  /** From what asks. */
  Linear query();

  /** From what is asked. */
  Linear key();

  /** From what is asked. */
  Linear value();

  /** Three maps. */
  record Apart(Linear query, Linear key, Linear value) implements QueryKeyValue {}

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
}
