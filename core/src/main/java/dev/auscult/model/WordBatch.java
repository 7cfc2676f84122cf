package dev.auscult.model;

import dev.auscult.tensor.Tensor;

/**
 * Texts as vectors of tokens, which need not be those of the vocabulary.
 *
 * @param words {@code [n, length, d]}
 * @param present {@code [n, length]} float32, 1 where a token takes part in attention and 0 where
 *     it is padding or hidden
 * @param pooled {@code [n]} int64, the position of each row whose final state is read
 */
record WordBatch(Tensor words, Tensor present, Tensor pooled) {}
