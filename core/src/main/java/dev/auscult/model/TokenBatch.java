package dev.auscult.model;

import dev.auscult.tensor.Tensor;

/**
 * Texts as a {@link TextTower} takes them.
 *
 * @param ids {@code [n, length]} int64
 * @param present {@code [n, length]} float32, 1 where a token takes part in attention and 0 where
 *     it is padding or hidden
 * @param pooled {@code [n]} int64, the position of each row whose final state is read
 */
public record TokenBatch(Tensor ids, Tensor present, Tensor pooled) {}
