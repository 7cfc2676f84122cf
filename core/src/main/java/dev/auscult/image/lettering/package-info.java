/**
 * Text in pixels: burns it into images, finds it in images, covers it. Pure Java with a font of its
 * own, so that the same text has the same pixels on every machine.
 */
@NullMarked
package dev.auscult.image.lettering;

import org.jspecify.annotations.NullMarked;
