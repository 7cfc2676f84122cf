/** Finding texts by images and images by texts: how well models do it, and doing it. */
@NullMarked
package dev.auscult.retrieval;

import org.jspecify.annotations.NullMarked;
