package dev.auscult.checkpoint.pickle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value that a pickle describes, as data. Containers may contain themselves, so that walking
 * through them needs a bound.
 */
public sealed interface Pickled {

  /** A string. */
  record Text(String value) implements Pickled {}

  /** A whole number within 64 bits. */
  record Whole(long value) implements Pickled {}

  /** None, a truth value, a float, bytes, or an object of which nothing is kept. */
  enum Opaque implements Pickled {
    /** The only one. */
    VALUE
  }

  /** A list, tuple or set. */
  final class Sequence implements Pickled {
    private final List<Pickled> items;

    Sequence(List<Pickled> items) {
      this.items = items;
    }

    /** An empty one. */
    public static Sequence empty() {
      return new Sequence(new ArrayList<>());
    }

    /** The items in order. */
    public List<Pickled> items() {
      return Collections.unmodifiableList(items);
    }

    void add(Pickled item) {
      items.add(item);
    }
  }

  /** A dictionary; entries whose key is neither a string nor a whole number are left out. */
  final class Mapping implements Pickled {
    private final Map<String, Pickled> entries = new LinkedHashMap<>();

    /** The entries in order; a number as key is written in decimal. */
    public Map<String, Pickled> entries() {
      return Collections.unmodifiableMap(entries);
    }

    void put(Pickled key, Pickled value) {
      if (key instanceof Text text) {
        entries.put(text.value(), value);
      } else if (key instanceof Whole whole) {
        entries.put(Long.toString(whole.value()), value);
      }
    }
  }

  /** An object of some class, of which only the attributes are known. */
  final class Instance implements Pickled {
    private final Map<String, Pickled> attributes = new LinkedHashMap<>();

    /** The attributes in order. */
    public Map<String, Pickled> attributes() {
      return Collections.unmodifiableMap(attributes);
    }

    void build(Mapping state) {
      attributes.putAll(state.entries);
    }
  }

  /** What stands for a name in a pickle and may be called there. */
  non-sealed interface Constructor extends Pickled {
    /**
     * The value that the call describes.
     *
     * @throws dev.auscult.base.InputException if the arguments do not fit
     */
    Pickled construct(Sequence arguments);
  }

  /** A value that only the caller of the unpickler understands. */
  non-sealed interface Foreign extends Pickled {}
}
