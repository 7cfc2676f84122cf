/** Measures throughput and estimators beside their peers; run by the scripts of this module. */
@NullMarked
package dev.auscult.benchmarks;

import org.jspecify.annotations.NullMarked;
