/** From a string to token ids, and from class names to prompts. */
@NullMarked
package dev.auscult.text;

import org.jspecify.annotations.NullMarked;
