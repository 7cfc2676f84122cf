/** Draws synthetic chest radiographs whose truth is known, so that an audit can be audited. */
@NullMarked
package dev.auscult.data.phantom;

import org.jspecify.annotations.NullMarked;
