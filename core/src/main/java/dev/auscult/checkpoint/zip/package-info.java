/**
 * Says where the entries of a zip archive lie in their file, so that those stored as they are can
 * be mapped in place. Nothing is decompressed.
 */
@NullMarked
package dev.auscult.checkpoint.zip;

import org.jspecify.annotations.NullMarked;
