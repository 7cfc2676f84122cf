/** Tensors, automatic differentiation and optimisers; the only package that touches libtorch. */
@NullMarked
package dev.auscult.tensor;

import org.jspecify.annotations.NullMarked;
