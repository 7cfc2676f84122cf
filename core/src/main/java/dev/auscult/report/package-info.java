/** Provenance, result files, tables, pictures and the HTML a person reads. */
@NullMarked
package dev.auscult.report;

import org.jspecify.annotations.NullMarked;
