/** Classification by the similarity of an image to the prompts of each class. */
@NullMarked
package dev.auscult.zeroshot;

import org.jspecify.annotations.NullMarked;
