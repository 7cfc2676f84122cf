package dev.auscult.balance;

import java.util.OptionalLong;

/**
 * What a sample's estimate rests on.
 *
 * @param imageOrders image orders drawn, reverses counted; 0 where the estimator draws none
 * @param textOrders text orders drawn, reverses counted; 0 where the estimator draws none
 * @param text identifies the text with its players and its mask: samples of one text share its
 *     passes
 * @param textPasses encoder passes of the text, whichever sample they are counted with
 * @param shapSeed what {@code np.random.seed} takes to draw the same coalitions with shap; empty
 *     where the estimator is none of shap's
 */
public record Effort(
    int imageOrders, int textOrders, String text, long textPasses, OptionalLong shapSeed) {}
