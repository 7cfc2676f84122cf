package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.ModelIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The models of a command; closing closes them all. */
final class LoadedModels implements AutoCloseable {
  private final List<DualEncoder> encoders = new ArrayList<>();
  private final List<ModelIdentity> identities = new ArrayList<>();

  private LoadedModels() {}

  /**
   * Loads models.
   *
   * @throws InputException if one is named twice or cannot be loaded
   */
  static LoadedModels load(List<String> names, CommonOptions options) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new UsageException(
            "--model " + name, "the same model twice", "each model once", "leave one out");
      }
    }
    LoadedModels models = new LoadedModels();
    try {
      for (String name : names) {
        DualEncoder encoder = options.loadSilently(name);
        models.encoders.add(encoder);
        models.identities.add(encoder.identity());
      }
      models.identities.stream()
          .flatMap(identity -> identity.notice().stream())
          .distinct()
          .forEach(options.console()::remark);
      return models;
    } catch (RuntimeException e) {
      models.close();
      throw e;
    }
  }

  /**
   * Adds a model once more, with an adapter, to compare it with itself.
   *
   * @throws InputException if there are several models, or the adapter belongs to another
   */
  void addAdapted(AdapterOption adapter, CommonOptions options) throws IOException {
    if (encoders.size() != 1) {
      throw new UsageException(
          "--adapter", encoders.size() + " models", "the one it was trained on", "name only that");
    }
    DualEncoder encoder = options.loadSilently(identities.get(0).name());
    try {
      encoders.add(adapter.adapt(encoder));
      identities.add(encoders.get(1).identity());
    } catch (InputException e) {
      encoder.close();
      throw e;
    }
  }

  /** The models in the order given. */
  List<DualEncoder> encoders() {
    return encoders;
  }

  /** What they are, in the same order. */
  List<ModelIdentity> identities() {
    return identities;
  }

  @Override
  public void close() {
    encoders.forEach(DualEncoder::close);
  }
}
