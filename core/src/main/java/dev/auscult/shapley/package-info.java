/** Pure game theory: games, coalitions, and estimators of their Shapley values; knows no model. */
@NullMarked
package dev.auscult.shapley;

import org.jspecify.annotations.NullMarked;
