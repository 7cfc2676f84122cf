package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.checkpoint.Weights;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads sizes off tensors, for files that name an architecture instead of describing it.
 *
 * @param weights the file
 * @param prefix what precedes every name
 * @param reference whose names they are, for messages, e.g. {@code timm}
 */
record TensorSizes(Weights weights, String prefix, String reference) {
  /** Features of an attention head in every published model whose files do not state it. */
  private static final int HEAD = 64;

  private static final int MOST = 1 << 26;
  private static final int MOST_PATCHES = 1 << 10;

  /** Whether there is a tensor of that name. */
  boolean has(String name) {
    return weights.find(prefix + name) != null;
  }

  /**
   * One extent of a tensor.
   *
   * @throws InputException if there is no such tensor or extent, or it is 0 or beyond any model
   */
  int size(String name, int dimension) {
    List<Long> shape = shape(name);
    if (shape.size() <= dimension || shape.get(dimension) < 1 || shape.get(dimension) > MOST) {
      throw unexpected(name, "at least %d extents of a model's size".formatted(dimension + 1));
    }
    return shape.get(dimension).intValue();
  }

  /** How many heads share a width, which {@code name} shows. */
  int heads(String name, int width) {
    if (width % HEAD != 0) {
      throw unexpected(name, "a width that is a multiple of " + HEAD);
    }
    return width / HEAD;
  }

  /** The side of a square map for whose pixels, and one token more, positions are stored. */
  int side(String name, int dimension) {
    int positions = size(name, dimension);
    int side = (int) Math.round(Math.sqrt(positions - 1.0));
    if (side < 1 || side > MOST_PATCHES || side * side + 1 != positions) {
      throw unexpected(name, "one position per patch of a square and one");
    }
    return side;
  }

  /** One more than the largest number that follows {@code blocks} in a name, at most 1,000. */
  int layers(String blocks) {
    Pattern numbered = Pattern.compile(Pattern.quote(prefix + blocks) + "(\\d{1,3})\\..*");
    return weights.names().stream()
        .map(numbered::matcher)
        .filter(Matcher::matches)
        .mapToInt(name -> Integer.parseInt(name.group(1)) + 1)
        .max()
        .orElse(0);
  }

  private List<Long> shape(String name) {
    StoredTensor tensor = weights.find(prefix + name);
    return tensor == null ? List.of() : tensor.shape();
  }

  /** The error for a tensor that is not there or has another shape than the architecture's. */
  InputException unexpected(String name, String expected) {
    return new InputException(
        weights.weightsName(),
        has(name)
            ? "\"%s\" of %s".formatted(prefix + name, shape(name))
            : "no tensor \"" + prefix + name + "\"",
        expected + ", as in " + reference,
        "check that the file is the checkpoint's own");
  }
}
