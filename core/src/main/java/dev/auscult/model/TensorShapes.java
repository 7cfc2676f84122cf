package dev.auscult.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shape of every tensor of a network by name, gathered part by part. */
final class TensorShapes {
  private final Map<String, List<Long>> shapes = new LinkedHashMap<>();

  /** One tensor. */
  TensorShapes tensor(String name, long... shape) {
    shapes.put(name, Arrays.stream(shape).boxed().toList());
    return this;
  }

  /** Weight and bias of an affine map. */
  TensorShapes linear(String name, long outputs, long inputs) {
    return tensor(name + ".weight", outputs, inputs).tensor(name + ".bias", outputs);
  }

  /** Scale and shift of a normalisation. */
  TensorShapes norm(String name, long width) {
    return tensor(name + ".weight", width).tensor(name + ".bias", width);
  }

  /** All of another network. */
  TensorShapes all(Map<String, List<Long>> others) {
    shapes.putAll(others);
    return this;
  }

  /** What was gathered, in order. */
  Map<String, List<Long>> asMap() {
    return Collections.unmodifiableMap(shapes);
  }
}
