/**
 * Reads Python pickles as data: what a pickle describes becomes plain values, and no name in it is
 * ever looked up in anything but a fixed list. Knows nothing of tensors.
 */
@NullMarked
package dev.auscult.checkpoint.pickle;

import org.jspecify.annotations.NullMarked;
