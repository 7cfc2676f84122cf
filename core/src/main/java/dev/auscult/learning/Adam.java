package dev.auscult.learning;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov and Hutter 2019)
 * in PyTorch's form, of one matrix.
 */
public final class Adam {
  private static final double BETA1 = .9;
  private static final double BETA2 = .999;

  private final double epsilon;
  private final double weightDecay;
  private final float[][] parameters;
  private final float[][] firstMoments;
  private final float[][] secondMoments;
  private long steps;

  /**
   * Of these parameters.
   *
   * @param parameters updated in place
   * @param epsilon added to the root of the second moment
   * @param weightDecay 0 for none
   */
  public Adam(float[][] parameters, double epsilon, double weightDecay) {
    this.parameters = parameters;
    this.epsilon = epsilon;
    this.weightDecay = weightDecay;
    this.firstMoments = new float[parameters.length][parameters[0].length];
    this.secondMoments = new float[parameters.length][parameters[0].length];
  }

  /** Moves the parameters against their gradient. */
  public void step(float[][] gradient, double rate) {
    steps++;
    double correction1 = 1 - Math.pow(BETA1, (double) steps);
    double correction2 = 1 - Math.pow(BETA2, (double) steps);
    float decay = (float) (1 - rate * weightDecay);
    float move = (float) (rate / correction1);
    float root = (float) Math.sqrt(correction2);
    for (int i = 0; i < parameters.length; i++) {
      update(parameters[i], gradient[i], firstMoments[i], secondMoments[i], decay, move, 1 / root);
    }
  }

  private void update(
      float[] parameter,
      float[] gradient,
      float[] first,
      float[] second,
      float decay,
      float move,
      float rootCorrection) {
    float tiny = (float) epsilon;
    float fresh1 = (float) (1 - BETA1);
    float keep2 = (float) BETA2;
    float fresh2 = (float) (1 - BETA2);
    for (int k = 0; k < parameter.length; k++) {
      float g = gradient[k];
      float m = first[k] + fresh1 * (g - first[k]);
      float v = keep2 * second[k] + fresh2 * (g * g);
      first[k] = m;
      second[k] = v;
      parameter[k] =
          decay * parameter[k] - move * m / ((float) Math.sqrt(v) * rootCorrection + tiny);
    }
  }
}
