package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.Origin;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.checkpoint.Weights;
import dev.auscult.tensor.DType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The tensors that an architecture takes from a file, and what is left over.
 *
 * @param tensors by the architecture's names
 * @param ignored the names in the file of what takes no part, sorted
 * @param unwrapped what was taken off around the file's tensors
 */
record TensorSelection(
    Map<String, StoredTensor> tensors, List<String> ignored, List<String> unwrapped) {

  /**
   * Takes every tensor that an architecture needs.
   *
   * @param shapes the architecture's tensors
   * @param origins where the file keeps those that have another name or form there
   * @param source what calls for the shapes, for messages
   * @param harmless which leftovers may be ignored; any other means that weights and configuration
   *     do not belong together
   * @throws InputException if a tensor is missing, has another shape, or has no place
   */
  static TensorSelection take(
      Weights weights,
      Map<String, List<Long>> shapes,
      Map<String, Origin> origins,
      String source,
      Predicate<String> harmless) {
    Map<String, Origin> all = new LinkedHashMap<>();
    shapes.keySet().forEach(name -> all.put(name, origins.getOrDefault(name, Origin.of(name))));
    Map<String, StoredTensor> tensors = weights.renamed(all).require(shapes, source);
    Set<String> used = new HashSet<>();
    all.values().forEach(origin -> used.add(origin.name()));
    List<String> ignored =
        weights.names().stream().filter(name -> !used.contains(name)).sorted().toList();
    List<String> unexpected = ignored.stream().filter(harmless.negate()).toList();
    if (!unexpected.isEmpty()) {
      throw new InputException(
          weights.weightsName(),
          "%d tensors that the architecture has no place for: %s"
              .formatted(unexpected.size(), Checkpoint.firstFew(unexpected)),
          "the tensors that " + source + " calls for",
          "check that weights and " + source + " belong together");
    }
    return new TensorSelection(tensors, ignored, weights.unwrapped());
  }

  /** Both, of two files of one model. */
  TensorSelection and(TensorSelection other) {
    Map<String, StoredTensor> all = new LinkedHashMap<>(tensors);
    other.tensors.forEach(
        (name, tensor) -> {
          if (all.put(name, tensor) != null) {
            throw new IllegalArgumentException("two tensors named " + name);
          }
        });
    return new TensorSelection(
        all,
        Stream.concat(ignored.stream(), other.ignored.stream()).sorted().toList(),
        Stream.concat(unwrapped.stream(), other.unwrapped.stream()).toList());
  }

  /** The tensors for inference. */
  Parameters parameters(DType dtype) {
    return Parameters.of(tensors, dtype);
  }

  /** What the model is made of. */
  Architecture architecture(String layout, String image, String text, DType dtype) {
    long parameters = tensors.values().stream().mapToLong(StoredTensor::count).sum();
    return new Architecture(
        layout, image, text, parameters, parameters * dtype.bytes(), ignored, unwrapped, "", "");
  }
}
