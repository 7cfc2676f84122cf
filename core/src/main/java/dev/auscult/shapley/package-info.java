/**
 * Pure game theory: games, coalitions, and estimators of their Shapley values; knows no model.
 *
 * <p>A {@link dev.auscult.shapley.CooperativeGame} gives every coalition a value. Where the players
 * fall into two sides that meet in an inner product ({@link dev.auscult.shapley.BilinearGame}), as
 * image and text of a dual encoder do, {@link dev.auscult.shapley.FactorisedShapley} needs a
 * fraction of the encoder passes of sampling joint orders.
 */
@NullMarked
package dev.auscult.shapley;

import org.jspecify.annotations.NullMarked;
