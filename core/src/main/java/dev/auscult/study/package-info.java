/**
 * Compares ways to adapt a model over shares of the training data and repeated splits, and says how
 * sure one can be of the differences.
 */
@NullMarked
package dev.auscult.study;

import org.jspecify.annotations.NullMarked;
