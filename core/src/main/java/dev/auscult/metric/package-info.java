/**
 * Pure functions from predictions and scores to figures: accuracy, AUROC, calibration, recall at k,
 * rank correlation, bootstrap intervals, paired differences.
 */
@NullMarked
package dev.auscult.metric;

import org.jspecify.annotations.NullMarked;
