/**
 * Maps of high-dimensional points on the plane: principal components, t-SNE and UMAP. Pure
 * computation on rows of numbers; the same seed gives the same bits for any number of threads.
 */
@NullMarked
package dev.auscult.projection;

import org.jspecify.annotations.NullMarked;
