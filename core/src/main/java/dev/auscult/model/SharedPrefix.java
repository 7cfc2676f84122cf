package dev.auscult.model;

import dev.auscult.model.MultiHeadAttention.Asked;
import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A causal text tower over texts that begin alike. No position of the beginning sees what follows:
 * its states are computed once for all texts, and each text attends to the same keys and values.
 *
 * @param tower one whose padding is cut, of at least one block
 * @param context {@code [M, width]}, after the leading tokens
 * @param leading tokens before the context, equal in all texts
 */
public record SharedPrefix(TextTransformer tower, Tensor context, int leading) {

  /**
   * The beginning at a block.
   *
   * @param keys {@code [1, heads, prefix, d / heads]}, what texts attend to
   * @param values alike
   * @param next {@code [1, prefix, d]}, what enters the next block; null at the last
   */
  public record Beginning(Tensor keys, Tensor values, @Nullable Tensor next) {}

  /** How many blocks there are. */
  public int blocks() {
    return tower.blocks().size();
  }

  private long length() {
    return leading + context.size(0);
  }

  /** What enters the first block of the beginning, {@code [1, prefix, d]}. */
  public Tensor begin(TokenBatch batch) {
    Tensor first = tower.embedding().words(batch.ids().narrow(0, 0, 1).narrow(1, 0, leading));
    Tensor own = context.to(first.dtype()).unsqueeze(0);
    return tower.embedding().place(Tensor.cat(List.of(first, own), 1), 0);
  }

  /** What enters the first block of what follows, {@code [n, length, d]}. */
  public Tensor follow(TokenBatch batch) {
    long length = batch.ids().size(1) - leading;
    Tensor words = tower.embedding().words(batch.ids().narrow(1, leading, length));
    return tower.embedding().place(words, length());
  }

  /**
   * The beginning through a block.
   *
   * @param shared {@code [1, prefix, d]}
   */
  public Beginning begin(int number, Tensor shared) {
    TransformerBlock block = tower.blocks().get(number);
    try (Scope scope = Scope.open()) {
      Tensor entered = block.aroundAttention().enter(shared);
      Asked asked = block.attention().asked(entered);
      Tensor next = null;
      if (number < blocks() - 1) {
        Tensor mask = Functions.causalMask(shared.size(1), shared.dtype());
        next = scope.keep(block.leave(shared, block.attention().forward(entered, asked, mask)));
      }
      return new Beginning(scope.keep(asked.keys()), scope.keep(asked.values()), next);
    }
  }

  /**
   * What follows through a block that is not the last.
   *
   * @param own {@code [n, length, d]}
   * @return {@code [n, length, d]}
   */
  public Tensor follow(int number, Tensor own, Beginning beginning) {
    TransformerBlock block = tower.blocks().get(number);
    try (Scope scope = Scope.open()) {
      Tensor entered = block.aroundAttention().enter(own);
      Tensor attended =
          block.attention().forward(entered, asked(block, entered, beginning), mask(own));
      return scope.keep(block.leave(own, attended));
    }
  }

  /**
   * What follows through the last block, at the position of each text that is read, and on into the
   * shared space.
   *
   * @param own {@code [n, length, d]}
   * @return {@code [n, dimension]}, not normalised
   */
  public Tensor read(TokenBatch batch, Tensor own, Beginning beginning) {
    TransformerBlock block = tower.blocks().get(blocks() - 1);
    long[] ends = Arrays.stream(batch.pooled().toLongs()).map(end -> end - leading).toArray();
    try (Scope scope = Scope.open()) {
      Tensor entered = block.aroundAttention().enter(own);
      Tensor masks = mask(own).indexSelect(0, Tensor.of(ends, ends.length));
      Tensor rows = TransformerBlock.rows(ends, own.size(1));
      Tensor attended =
          block
              .attention()
              .forward(
                  TransformerBlock.select(entered, rows),
                  asked(block, entered, beginning),
                  masks.reshape(own.size(0), 1, 1, -1));
      Tensor read = block.leave(TransformerBlock.select(own, rows), attended);
      return scope.keep(tower.project(read.reshape(own.size(0), -1)));
    }
  }

  private static Asked asked(TransformerBlock block, Tensor entered, Beginning beginning) {
    return block.attention().asked(entered).after(new Asked(beginning.keys(), beginning.values()));
  }

  /** What follows sees all of the beginning and what of itself comes before. */
  private Tensor mask(Tensor own) {
    long length = own.size(1);
    return Functions.causalMask(length() + length, own.dtype()).narrow(0, length(), length);
  }

  /** Embeds texts, {@code [n, dimension]}, as {@link ContextTower#forwardWhole} does. */
  Tensor forward(TokenBatch batch) {
    Tensor shared = begin(batch);
    Tensor own = follow(batch);
    for (int number = 0; number < blocks() - 1; number++) {
      try (Scope scope = Scope.open()) {
        Beginning beginning = begin(number, shared);
        own = scope.keep(follow(number, own, beginning));
        shared = scope.keep(Objects.requireNonNull(beginning.next()));
      }
    }
    return read(batch, own, begin(blocks() - 1, shared));
  }
}
