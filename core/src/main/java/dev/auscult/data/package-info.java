/** Samples, data sets, patient-disjoint splits, and readers of the public data sets. */
@NullMarked
package dev.auscult.data;

import org.jspecify.annotations.NullMarked;
