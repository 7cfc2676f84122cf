package dev.auscult.model;

import dev.auscult.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One learnt query that attends to a sequence: the multi-head attention pooling of Lee 2019 (Set
 * Transformer, section 3.2) with one seed.
 *
 * @param query {@code [..., queries, d]}, of which the first is asked
 * @param queryNorm of the query, or null for none
 * @param inputNorm of the sequence, or null for none
 * @param aroundFeedForward how the feed-forward layer joins; null where there is none
 * @param feedForward after the attention; null for none
 */
public record AttentionPool(
    Tensor query,
    @Nullable LayerNorm queryNorm,
    @Nullable LayerNorm inputNorm,
    MultiHeadAttention attention,
    @Nullable Residual aroundFeedForward,
    @Nullable FeedForward feedForward) {

  /** {@code [n, length, features]} to {@code [n, d]}. */
  Tensor forward(Tensor sequence) {
    long width = query.size(-1);
    Tensor first = query.reshape(-1, width).narrow(0, 0, 1);
    Tensor asking = queryNorm == null ? first : queryNorm.forward(first);
    Tensor asked = inputNorm == null ? sequence : inputNorm.forward(sequence);
    Tensor pooled =
        attention.forward(asking.unsqueeze(0).expand(sequence.size(0), 1, width), asked, null);
    if (aroundFeedForward != null && feedForward != null) {
      pooled = aroundFeedForward.join(pooled, feedForward.forward(aroundFeedForward.enter(pooled)));
    }
    return pooled.reshape(sequence.size(0), -1);
  }
}
