/**
 * Pure functions from predictions and scores to figures: accuracy, recall at k, rank correlation,
 * bootstrap intervals, paired differences.
 */
@NullMarked
package dev.auscult.metric;

import org.jspecify.annotations.NullMarked;
