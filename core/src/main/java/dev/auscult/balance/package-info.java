/**
 * Modality balance: how much of an image-text score comes from the image and how much from the text
 * (MM-SHAP).
 */
@NullMarked
package dev.auscult.balance;

import org.jspecify.annotations.NullMarked;
