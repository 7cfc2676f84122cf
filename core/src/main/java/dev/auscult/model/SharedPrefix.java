package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A causal text tower over texts that begin alike. No position of the beginning sees what follows:
 * its states are computed once for all texts, and each text attends to the same keys and values.
 *
 * @param tower one whose padding is cut
 * @param context {@code [M, width]}, after the leading tokens
 * @param leading tokens before the context, equal in all texts
 */
record SharedPrefix(TextTransformer tower, Tensor context, int leading) {

  /**
   * The states between two blocks.
   *
   * @param shared {@code [1, prefix, d]}
   * @param own {@code [n, length, d]}, of what follows
   */
  private record States(Tensor shared, Tensor own) {}

  /** Embeds texts, {@code [n, dimension]}, as {@link ContextTower#forwardWhole} does. */
  Tensor forward(TokenBatch batch) {
    Tensor words = tower.embedding().words(batch.ids());
    long prefix = leading + context.size(0);
    long length = words.size(1) - leading;
    Tensor begin = words.narrow(0, 0, 1).narrow(1, 0, leading);
    States states =
        new States(
            tower
                .embedding()
                .place(Tensor.cat(List.of(begin, context.to(words.dtype()).unsqueeze(0)), 1), 0),
            tower.embedding().place(words.narrow(1, leading, length), prefix));
    Tensor among = Functions.causalMask(prefix, words.dtype());
    Tensor after = Functions.causalMask(prefix + length, words.dtype()).narrow(0, prefix, length);
    List<TransformerBlock> blocks = tower.blocks();
    for (TransformerBlock block : blocks.subList(0, blocks.size() - 1)) {
      states = through(block, states, among, after);
    }
    long[] ends = Arrays.stream(batch.pooled().toLongs()).map(end -> end - leading).toArray();
    return tower.project(
        read(
            blocks.get(blocks.size() - 1),
            states,
            ends,
            after.indexSelect(0, Tensor.of(ends, ends.length))));
  }

  private static States through(TransformerBlock block, States states, Tensor among, Tensor after) {
    try (Scope scope = Scope.open()) {
      Tensor shared = block.aroundAttention().enter(states.shared());
      Tensor own = block.aroundAttention().enter(states.own());
      MultiHeadAttention attention = block.attention();
      MultiHeadAttention.Asked begin = attention.asked(shared);
      MultiHeadAttention.Asked all = attention.asked(own).after(begin);
      return new States(
          scope.keep(block.leave(states.shared(), attention.forward(shared, begin, among))),
          scope.keep(block.leave(states.own(), attention.forward(own, all, after))));
    }
  }

  /** The last block at the position that is read alone, {@code [n, d]}. */
  private static Tensor read(
      TransformerBlock block, States states, long[] positions, Tensor masks) {
    try (Scope scope = Scope.open()) {
      Tensor own = block.aroundAttention().enter(states.own());
      MultiHeadAttention attention = block.attention();
      MultiHeadAttention.Asked all =
          attention
              .asked(own)
              .after(attention.asked(block.aroundAttention().enter(states.shared())));
      Tensor rows = TransformerBlock.rows(positions, own.size(1));
      Tensor attended =
          attention.forward(
              TransformerBlock.select(own, rows), all, masks.reshape(own.size(0), 1, 1, -1));
      Tensor read = block.leave(TransformerBlock.select(states.own(), rows), attended);
      return scope.keep(read.reshape(own.size(0), -1));
    }
  }
}
