/** Fitting of small models to embeddings: logistic regression, L-BFGS, Adam; what tasks share. */
@NullMarked
package dev.auscult.learning;

import org.jspecify.annotations.NullMarked;
