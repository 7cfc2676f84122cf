package dev.auscult.adapt;

import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Tensor;

/** Texts embedded by an encoder that learns, and what their derivatives need until it is closed. */
interface TextGradients extends AutoCloseable {

  /** Unit rows {@code [n, d]}. */
  FloatMatrix rows();

  /**
   * Adds to the gradients of what is learnt; once.
   *
   * @param derivative of the loss with respect to {@link #rows}, {@code [n, d]}
   */
  void backward(Tensor derivative);

  @Override
  void close();
}
