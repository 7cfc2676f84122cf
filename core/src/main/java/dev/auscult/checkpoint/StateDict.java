package dev.auscult.checkpoint;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.pickle.Pickled;
import dev.auscult.checkpoint.pickle.Pickled.Instance;
import dev.auscult.checkpoint.pickle.Pickled.Mapping;
import dev.auscult.checkpoint.pickle.Pickled.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors in what a checkpoint's pickle describes, under names joined by dots.
 *
 * @param tensors by name, in the pickle's order
 * @param unwrapped what was taken off around them, outermost first: keys, and {@code module.}
 */
record StateDict(Map<String, TorchTensor> tensors, List<String> unwrapped) {
  /** Under these keys training scripts keep the weights, beside optimiser and scores. */
  private static final List<String> WRAPPERS =
      List.of("state_dict", "model_state_dict", "model", "module");

  /** Written before every name by PyTorch's wrappers for training on several devices. */
  private static final String DISTRIBUTED = "module.";

  /**
   * Finds the tensors.
   *
   * @param bytes how long the pickle is, by which the effort is bounded
   * @throws InputException if there are none, or the values contain themselves or one another so
   *     often that their names would not fit in memory
   */
  static StateDict of(Pickled content, long bytes, String file) {
    List<String> unwrapped = new ArrayList<>();
    Map<String, TorchTensor> tensors =
        new Flattening(bytes, file).flatten(unwrap(content, unwrapped));
    if (tensors.keySet().stream().allMatch(name -> name.startsWith(DISTRIBUTED))) {
      unwrapped.add(DISTRIBUTED);
      Map<String, TorchTensor> stripped = new LinkedHashMap<>();
      tensors.forEach((name, tensor) -> stripped.put(name.substring(DISTRIBUTED.length()), tensor));
      tensors = stripped;
    }
    return new StateDict(tensors, unwrapped);
  }

  /** What lies under the wrappers' keys; as many as there are kinds. */
  private static Pickled unwrap(Pickled value, List<String> unwrapped) {
    if (value instanceof Mapping mapping && unwrapped.size() < WRAPPERS.size()) {
      for (String key : WRAPPERS) {
        if (mapping.entries().get(key) instanceof Mapping inner && holdsTensors(inner)) {
          unwrapped.add(key);
          return unwrap(inner, unwrapped);
        }
      }
    }
    return value;
  }

  private static boolean holdsTensors(Mapping mapping) {
    Set<Pickled> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Pickled> open = new ArrayDeque<>(List.of(mapping));
    while (!open.isEmpty()) {
      Pickled value = open.pop();
      if (value instanceof TorchTensor) {
        return true;
      }
      if (seen.add(value)) {
        children(value).forEach(open::push);
      }
    }
    return false;
  }

  private static Iterable<Pickled> children(Pickled value) {
    if (value instanceof Mapping mapping) {
      return mapping.entries().values();
    }
    if (value instanceof Instance instance) {
      return instance.attributes().values();
    }
    return value instanceof Sequence sequence ? sequence.items() : List.of();
  }

  /** One walk through the values, with bounds on its depth, its length and the names it makes. */
  private static final class Flattening {
    private static final int MAX_DEPTH = 64;

    private final String file;
    private final long maxVisits;
    private final long maxNameCharacters;
    private final Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    private long visits;
    private long nameCharacters;

    /** A value takes a byte at least and a tensor some fifty, unless it is there several times. */
    Flattening(long bytes, String file) {
      this.file = file;
      maxVisits = Math.min(4_000_000, 10_000 + 10 * bytes);
      maxNameCharacters = Math.min(32_000_000, 100_000 + 50 * bytes);
    }

    Map<String, TorchTensor> flatten(Pickled content) {
      if (content instanceof TorchTensor) {
        throw refused("a tensor without a name");
      }
      walk("", content, 0);
      if (tensors.isEmpty()) {
        throw refused("no tensors");
      }
      return tensors;
    }

    private void walk(String name, Pickled value, int depth) {
      if (depth > MAX_DEPTH) {
        throw refused("values nested more than %d deep".formatted(MAX_DEPTH));
      }
      if (value instanceof TorchTensor tensor) {
        if (tensors.put(name, tensor) != null) {
          throw refused("two tensors named \"" + name + "\"");
        }
      } else if (value instanceof Mapping mapping) {
        mapping.entries().forEach((key, inner) -> child(name, key, inner, depth));
      } else if (value instanceof Instance instance) {
        instance.attributes().forEach((key, inner) -> child(name, key, inner, depth));
      } else if (value instanceof Sequence sequence) {
        for (int i = 0; i < sequence.items().size(); i++) {
          child(name, Integer.toString(i), sequence.items().get(i), depth);
        }
      }
    }

    private void child(String name, String key, Pickled value, int depth) {
      visits++;
      if (!(value instanceof TorchTensor) && !children(value).iterator().hasNext()) {
        requireBounds();
        return;
      }
      nameCharacters += name.length() + 1L + key.length();
      requireBounds();
      walk(name.isEmpty() ? key : name + "." + key, value, depth + 1);
    }

    private void requireBounds() {
      if (visits > maxVisits || nameCharacters > maxNameCharacters) {
        throw refused("values that contain one another too often");
      }
    }

    private InputException refused(String found) {
      return new InputException(
          file,
          found,
          "a state_dict: names and tensors",
          "save the model's state_dict alone, as safetensors or with torch.save");
    }
  }
}
