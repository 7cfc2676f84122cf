package dev.auscult.checkpoint.pickle;

import java.util.Optional;

/** What the names in a pickle mean to its reader. There are no other names. */
public interface Vocabulary {
  /**
   * The value that stands for a Python object, or nothing if pickles must not name it.
   *
   * @param module e.g. {@code collections}
   * @param name e.g. {@code OrderedDict}
   */
  Optional<Pickled> global(String module, String name);

  /**
   * The value that a persistent id stands for.
   *
   * @throws dev.auscult.base.InputException if the id means nothing
   */
  Pickled persistent(Pickled id);
}
