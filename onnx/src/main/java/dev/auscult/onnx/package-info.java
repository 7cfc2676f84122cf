/** Runs dual encoders that users exported to ONNX: two files and a description of them. */
@NullMarked
package dev.auscult.onnx;

import org.jspecify.annotations.NullMarked;
