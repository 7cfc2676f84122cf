package dev.auscult.adapt;

import dev.auscult.adapt.Bottleneck.OuterActivation;
import dev.auscult.base.Seed;
import dev.auscult.learning.Adam;
import java.util.ArrayList;
import java.util.List;

/**
 * The adapters of one branch while they are trained: embeddings through each layer in turn, then to
 * unit length.
 */
final class AdapterBranch {
  private static final double EPSILON = 1e-8;
  private static final float[][] NOT_WANTED = {};

  private final List<BottleneckLayer> layers = new ArrayList<>();
  private final List<Adam> optimisers = new ArrayList<>();
  private final List<float[][]> gradients = new ArrayList<>();
  private final float[][] unit;
  private final double[] norms;
  private final List<float[][]> byInput = new ArrayList<>();
  private final float[][][] inputs;

  /**
   * @param layers in order
   * @param maxRows of a batch
   */
  AdapterBranch(List<BottleneckLayer> layers, int dimension, int maxRows) {
    this.layers.addAll(layers);
    this.unit = new float[maxRows][dimension];
    this.norms = new double[maxRows];
    this.inputs = new float[layers.size()][][];
    for (BottleneckLayer layer : layers) {
      train(layer.down, layer.downGradient);
      train(layer.up, layer.upGradient);
      if (layer.learnsRatio()) {
        train(layer.ratioLogit, layer.ratioGradient);
      }
      byInput.add(new float[maxRows][dimension]);
    }
  }

  /** Layers drawn at random, with a learnt ratio. */
  static AdapterBranch random(AdapterShape shape, int dimension, int maxRows, Seed seed) {
    List<BottleneckLayer> layers = new ArrayList<>();
    int hidden = shape.hidden(dimension);
    for (int i = 0; i < shape.depth(); i++) {
      Seed own = seed.derive(i);
      layers.add(
          new BottleneckLayer(
              BottleneckLayer.uniform(hidden, dimension, dimension, own.derive("down").random()),
              BottleneckLayer.uniform(hidden, dimension, hidden, own.derive("up").random()),
              shape.ratio(),
              true,
              OuterActivation.NONE,
              maxRows));
    }
    return new AdapterBranch(layers, dimension, maxRows);
  }

  private void train(float[][] parameters, float[][] gradient) {
    optimisers.add(new Adam(parameters, EPSILON, 0));
    gradients.add(gradient);
  }

  /** Unit rows of the first {@code n}; valid until the next call. */
  float[][] forward(float[][] input, int n) {
    float[][] rows = input;
    for (int i = 0; i < layers.size(); i++) {
      inputs[i] = rows;
      rows = layers.get(i).forward(rows, n);
    }
    for (int i = 0; i < n; i++) {
      norms[i] = Math.max(norm(rows[i]), 1e-12);
      divide(rows[i], (float) norms[i], unit[i]);
    }
    return unit;
  }

  /**
   * Computes all gradients.
   *
   * @param byUnit the loss's derivative by the unit rows {@code [n, d]}, overwritten
   */
  void backward(float[][] byUnit, int n) {
    for (int i = 0; i < n; i++) {
      removeAlong(unit[i], (float) norms[i], byUnit[i]);
    }
    float[][] byOutput = byUnit;
    for (int i = layers.size() - 1; i >= 0; i--) {
      float[][] wanted = i == 0 ? NOT_WANTED : byInput.get(i);
      layers.get(i).backward(inputs[i], byOutput, n, wanted);
      byOutput = wanted;
    }
  }

  /** Updates all parameters. */
  void step(double rate) {
    for (int i = 0; i < optimisers.size(); i++) {
      optimisers.get(i).step(gradients.get(i), rate);
    }
  }

  /** What was learnt so far. */
  List<Bottleneck> toBottlenecks() {
    return layers.stream().map(BottleneckLayer::toBottleneck).toList();
  }

  private static double norm(float[] row) {
    return Math.sqrt(Rows.dot(row, row));
  }

  private static void divide(float[] row, float by, float[] target) {
    for (int k = 0; k < target.length; k++) {
      target[k] = row[k] / by;
    }
  }

  /** The gradient by a row, of the gradient by the row divided by its norm. */
  private static void removeAlong(float[] unit, float norm, float[] gradient) {
    float along = (float) Rows.dot(unit, gradient);
    for (int k = 0; k < gradient.length; k++) {
      gradient[k] = (gradient[k] - along * unit[k]) / norm;
    }
  }
}
