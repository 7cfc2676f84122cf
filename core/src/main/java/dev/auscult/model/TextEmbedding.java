package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What enters the blocks of a text transformer.
 *
 * @param tokens {@code [vocabulary, d]}
 * @param positions {@code [positions, d]}
 * @param types {@code [types, d]}, of which every token has the first, or null for none
 * @param classToken {@code [d]}, after the text, or null for none
 * @param norm of all, or null for none
 */
public record TextEmbedding(
    Tensor tokens,
    Tensor positions,
    @Nullable Tensor types,
    @Nullable Tensor classToken,
    @Nullable LayerNorm norm) {

  /** Features of a token. */
  public long width() {
    return tokens.size(1);
  }

  /** The vectors of tokens alone, {@code [n, length]} int64 to {@code [n, length, d]}. */
  Tensor words(Tensor ids) {
    return Functions.embedding(tokens, ids);
  }

  /**
   * What enters the blocks of these vectors.
   *
   * @param words {@code [n, length, d]}
   * @param from the position of the first of them
   * @return {@code [n, length, d]}, or one longer with a class token
   */
  Tensor place(Tensor words, long from) {
    Tensor state = words;
    if (types != null) {
      state = state.add(types.narrow(0, 0, 1));
    }
    if (classToken != null) {
      Tensor last = classToken.reshape(1, 1, -1).expand(state.size(0), 1, state.size(2));
      state = Tensor.cat(List.of(state, last), 1);
    }
    state = state.add(positions.narrow(0, from, state.size(1)));
    return norm == null ? state : norm.forward(state);
  }
}
