/**
 * Fits a model to a hospital's own labels without touching its encoders: SCALE and its baselines,
 * all from labelled unit vectors to an adapter, its predictions and where they came from.
 */
@NullMarked
package dev.auscult.adapt;

import org.jspecify.annotations.NullMarked;
