package dev.auscult.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Two towers whose layers are known, so that they can be built anew with some of them changed.
 *
 * @param image the image encoder's layers
 * @param text the text encoder's
 * @param build makes the towers of all tensors
 */
record LayeredTowers(TowerLayers image, TowerLayers text, Function<Parameters, Towers> build) {

  /** One label per depth, from the output inward: a layer of each tower. */
  List<String> labels() {
    int depth = Math.max(image.layers().size(), text.layers().size());
    return IntStream.range(0, depth)
        .mapToObj(d -> "image %s, text %s".formatted(image.label(d), text.label(d)))
        .toList();
  }

  /** The names of the tensors of the outermost layers of both towers. */
  List<String> outermost(int depth) {
    List<String> names = new ArrayList<>(image.outermost(depth));
    names.addAll(text.outermost(depth));
    return names;
  }
}
