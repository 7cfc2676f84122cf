/**
 * Pure functions from predictions and scores to figures: accuracy, recall at k, bootstrap
 * intervals.
 */
@NullMarked
package dev.auscult.metric;

import org.jspecify.annotations.NullMarked;
