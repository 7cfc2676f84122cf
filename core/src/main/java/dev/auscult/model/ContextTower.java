package dev.auscult.model;

import dev.auscult.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A text tower that reads the same learnt vectors before the words of every text: context
 * optimisation (CoOp, Zhou 2022, section 3.2), {@code [begin] [V]_1 ... [V]_M [words] [end]}. With
 * a context that requires gradients they flow back to it and to nothing else.
 *
 * @param tower as it was trained
 * @param vectors {@code [M, width]}, the context
 * @param leading how many special tokens of every text stand before the context
 */
public record ContextTower(TextTransformer tower, Tensor vectors, int leading)
    implements TextTower {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if the context has not the tower's width or leaves no room
   */
  public ContextTower {
    if (vectors.rank() != 2 || vectors.size(1) != tower.width()) {
      throw new IllegalArgumentException(
          "a context %s for tokens of %d numbers".formatted(vectors, tower.width()));
    }
    if (vectors.size(0) + leading >= tower.context()) {
      throw new IllegalArgumentException(
          "%d context vectors in a text of at most %d tokens"
              .formatted(vectors.size(0), tower.context()));
    }
  }

  private int length() {
    return (int) vectors.size(0);
  }

  @Override
  public int vocabulary() {
    return tower.vocabulary();
  }

  @Override
  public int context() {
    return tower.context() - length();
  }

  @Override
  public int dimension() {
    return tower.dimension();
  }

  @Override
  public String head() {
    return tower.head();
  }

  @Override
  public Padding padding() {
    return tower.padding();
  }

  @Override
  public int padId() {
    return tower.padId();
  }

  @Override
  public int pooledPosition(int[] ids) {
    return tower.pooledPosition(ids);
  }

  @Override
  public long activations(int length) {
    return tower.activations(length + length());
  }

  @Override
  public boolean hidesTokens() {
    return tower.hidesTokens();
  }

  @Override
  public Tensor forward(TokenBatch batch) {
    return sharesPrefix(batch)
        ? new SharedPrefix(tower, vectors, leading).forward(batch)
        : forwardWhole(batch);
  }

  /**
   * Whether special tokens and context see nothing that differs between these texts, as in a causal
   * tower: then they are computed once, by {@link SharedPrefix}.
   */
  public boolean sharesPrefix(TokenBatch batch) {
    if (padding() != Padding.CUT || tower.blocks().isEmpty() || batch.ids().size(0) < 2) {
      return false;
    }
    long[] leads = batch.ids().narrow(1, 0, leading).contiguous().toLongs();
    for (int i = leading; i < leads.length; i++) {
      if (leads[i] != leads[i % leading]) {
        return false;
      }
    }
    return Arrays.stream(batch.pooled().toLongs()).allMatch(position -> position >= leading);
  }

  /** What {@link #forward} gives, with the context computed for every text: slower. */
  public Tensor forwardWhole(TokenBatch batch) {
    Tensor words = tower.embedding().words(batch.ids());
    long texts = words.size(0);
    Tensor shared = vectors.unsqueeze(0).expand(texts, -1, -1);
    Tensor there = Tensor.full(1, texts, length());
    return tower.forward(
        new WordBatch(
            insert(words, shared), insert(batch.present(), there), moved(batch.pooled())));
  }

  private Tensor insert(Tensor around, Tensor middle) {
    Tensor own = middle.to(around.dtype());
    return Tensor.cat(
        List.of(
            around.narrow(1, 0, leading), own, around.narrow(1, leading, around.size(1) - leading)),
        1);
  }

  private Tensor moved(Tensor pooled) {
    long[] positions =
        Arrays.stream(pooled.toLongs())
            .map(position -> position < leading ? position : position + length())
            .toArray();
    return Tensor.of(positions, positions.length);
  }
}
