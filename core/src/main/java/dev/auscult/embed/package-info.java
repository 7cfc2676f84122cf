/** Turns data sets into embeddings: batching, progress, on-disk cache. */
@NullMarked
package dev.auscult.embed;

import org.jspecify.annotations.NullMarked;
