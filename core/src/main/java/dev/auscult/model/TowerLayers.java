package dev.auscult.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The layers of a tower, from its output inward, read off the names of its tensors in the order in
 * which the architecture declares them: what precedes the numbered blocks are the embeddings, each
 * block is a layer, and so is what stands unnumbered behind one.
 *
 * @param layers each with the names of its tensors
 */
record TowerLayers(List<Layer> layers) {
  /** A block's number; Swin transformers number blocks within stages. */
  private static final Pattern BLOCK = Pattern.compile("(.*?\\.\\d+(?:\\.blocks\\.\\d+)?)\\..*");

  /**
   * A layer.
   *
   * @param label what it is called
   * @param tensors the names of its tensors
   */
  record Layer(String label, List<String> tensors) {}

  /** Copies the list. */
  TowerLayers {
    layers = List.copyOf(layers);
  }

  /**
   * Groups tensors.
   *
   * @param tensors their names in the order of the architecture, from its input on
   */
  static TowerLayers of(Collection<String> tensors) {
    Map<String, List<String>> byLabel = new LinkedHashMap<>();
    String block = "";
    for (String tensor : tensors) {
      Matcher numbered = BLOCK.matcher(tensor);
      String label;
      if (numbered.matches()) {
        block = numbered.group(1);
        label = block;
      } else {
        label = block.isEmpty() ? "embeddings" : "after " + block;
      }
      byLabel.computeIfAbsent(label, l -> new ArrayList<>()).add(tensor);
    }
    List<Layer> layers = new ArrayList<>();
    byLabel.forEach((label, names) -> layers.add(new Layer(label, List.copyOf(names))));
    Collections.reverse(layers);
    return new TowerLayers(layers);
  }

  /** The names of the tensors of the outermost layers; all if there are not so many. */
  List<String> outermost(int count) {
    return layers.stream().limit(count).flatMap(layer -> layer.tensors().stream()).toList();
  }

  /** What the layer at a depth is called, 0 being the outermost; "none" below the innermost. */
  String label(int depth) {
    return depth < layers.size() ? layers.get(depth).label() : "none left";
  }
}
