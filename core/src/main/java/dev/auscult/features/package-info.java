/**
 * What features of image encoders are worth: how well classes separate in them, how alike the
 * features of models are, how images and texts lie to each other, and maps of all that; any number
 * of models on the same images, compared in pairs.
 */
@NullMarked
package dev.auscult.features;

import org.jspecify.annotations.NullMarked;
