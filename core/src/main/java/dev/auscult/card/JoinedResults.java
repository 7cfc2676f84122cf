package dev.auscult.card;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.model.ModelIdentity;
import dev.auscult.report.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Results that belong together: of one model by the hashes of weights and configuration, on one
 * data set by its hash. Predictions carry neither; they belong to the command whose folder holds a
 * file of the same bytes.
 *
 * @param model which model
 * @param data which data
 * @param folders the results, in the order given
 * @param notices what does not match, of {@link JoinPolicy#MIXED}
 */
public record JoinedResults(
    ModelIdentity model,
    Optional<Provenance.Data> data,
    List<ResultFolder> folders,
    List<String> notices) {

  /** Copies the lists. */
  public JoinedResults {
    folders = List.copyOf(folders);
    notices = List.copyOf(notices);
  }

  /**
   * Joins folders.
   *
   * @param name which model, where the folders have several in common
   * @throws InputException if they are not of one model and one data set, unless told
   */
  public static JoinedResults of(
      List<ResultFolder> folders, Optional<String> name, JoinPolicy policy) {
    List<String> notices = new ArrayList<>();
    ModelIdentity model = model(folders, name);
    Optional<Provenance.Data> data =
        folders.stream()
            .filter(folder -> !folder.models().isEmpty())
            .flatMap(folder -> folder.data().stream())
            .findFirst();
    for (ResultFolder folder : folders) {
      if (folder.models().isEmpty()) {
        checkPredictions(folder, folders).ifPresent(notices::add);
      } else {
        checkModel(folder, model).ifPresent(notices::add);
        checkData(folder, data).ifPresent(notices::add);
      }
    }
    if (policy == JoinPolicy.SAME && !notices.isEmpty()) {
      throw new InputException(
          "the results",
          notices.get(0),
          "results of one model on one data set",
          "leave that folder out, or join it nevertheless with --mixed");
    }
    return new JoinedResults(model, data, folders, notices);
  }

  private static ModelIdentity model(List<ResultFolder> folders, Optional<String> name) {
    Map<String, ModelIdentity> byHash = new LinkedHashMap<>();
    for (ResultFolder folder : folders) {
      folder.models().forEach(model -> byHash.putIfAbsent(key(model), model));
    }
    List<ModelIdentity> named =
        byHash.values().stream()
            .filter(model -> name.isEmpty() || model.name().equals(name.get()))
            .toList();
    List<ModelIdentity> common =
        named.stream()
            .filter(
                model ->
                    folders.stream()
                        .filter(folder -> !folder.models().isEmpty())
                        .allMatch(folder -> has(folder, model)))
            .toList();
    List<ModelIdentity> candidates = common.isEmpty() ? named : common;
    if (candidates.isEmpty() || (common.size() > 1)) {
      throw new InputException(
          name.isPresent() ? "--model " + name.get() : "the results",
          candidates.isEmpty() ? "no such model in them" : common.size() + " models in common",
          "one of "
              + byHash.values().stream()
                  .map(ModelIdentity::name)
                  .distinct()
                  .collect(Collectors.joining(", ", "[", "]")),
          candidates.isEmpty()
              ? "add the folder of a command that used the model"
              : "name one with --model");
    }
    return candidates.get(0);
  }

  private static String key(ModelIdentity model) {
    return model.weights().hex() + model.configuration().hex();
  }

  private static boolean has(ResultFolder folder, ModelIdentity model) {
    return folder.models().stream().anyMatch(other -> key(other).equals(key(model)));
  }

  private static Optional<String> checkModel(ResultFolder folder, ModelIdentity model) {
    return has(folder, model)
        ? Optional.empty()
        : Optional.of(
            "%s is of the model %s with weights %s, not of %s with weights %s"
                .formatted(
                    folder.path(),
                    folder.models().get(0).name(),
                    folder.models().get(0).weights().abbreviated(),
                    model.name(),
                    model.weights().abbreviated()));
  }

  private static Optional<String> checkData(ResultFolder folder, Optional<Provenance.Data> data) {
    boolean same =
        folder.data().isEmpty()
            || data.isEmpty()
            || folder.data().get().hash().equals(data.get().hash());
    return same
        ? Optional.empty()
        : Optional.of(
            "%s is on %s (%d samples, SHA-256 %s), not on %s (%d samples, SHA-256 %s)"
                .formatted(
                    folder.path(),
                    folder.data().get().name(),
                    folder.data().get().n(),
                    folder.data().get().hash().abbreviated(),
                    data.get().name(),
                    data.get().n(),
                    data.get().hash().abbreviated()));
  }

  private static Optional<String> checkPredictions(
      ResultFolder folder, List<ResultFolder> folders) {
    Optional<ContentHash> predictions = folder.data().map(Provenance.Data::hash);
    boolean known =
        predictions.isPresent()
            && folders.stream()
                .filter(other -> !other.models().isEmpty())
                .flatMap(other -> other.files().stream())
                .anyMatch(file -> hash(file).equals(predictions.get()));
    return known
        ? Optional.empty()
        : Optional.of(
            "%s evaluates predictions that no other folder holds: nothing says whose they are"
                .formatted(folder.path()));
  }

  static ContentHash hash(java.nio.file.Path file) {
    try {
      return ContentHash.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
