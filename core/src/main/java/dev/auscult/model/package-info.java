/** Dual encoders: image and text into one space, built from a checkpoint's own configuration. */
@NullMarked
package dev.auscult.model;

import org.jspecify.annotations.NullMarked;
