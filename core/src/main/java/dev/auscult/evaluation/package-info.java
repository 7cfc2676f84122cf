/**
 * How good predictions are: every figure with its interval by patient, on all data, per class and
 * per subgroup; gaps between groups. Reads predictions from a file of any size line by line into
 * compact columns.
 */
@NullMarked
package dev.auscult.evaluation;

import org.jspecify.annotations.NullMarked;
