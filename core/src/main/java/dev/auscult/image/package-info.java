/**
 * From the bytes of an image file to the pixels a model was trained on: decode, resize as Pillow
 * does, crop, normalise.
 */
@NullMarked
package dev.auscult.image;

import org.jspecify.annotations.NullMarked;
