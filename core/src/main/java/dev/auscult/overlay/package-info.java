/**
 * Does burned-in text change what a model says of an image? The same images with and without text,
 * and with the text's rectangle alone: shifts of scores, flips, ranks, with intervals by patient,
 * and a verdict by a stated rule.
 */
@NullMarked
package dev.auscult.overlay;

import org.jspecify.annotations.NullMarked;
