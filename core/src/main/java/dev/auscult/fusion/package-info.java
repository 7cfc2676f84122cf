/**
 * Prediction of an outcome from an image and a text together: fused by concatenation and by a gate,
 * against each alone, and how much each adds.
 */
@NullMarked
package dev.auscult.fusion;

import org.jspecify.annotations.NullMarked;
