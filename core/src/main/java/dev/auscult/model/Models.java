package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.hub.FileSelection;
import dev.auscult.checkpoint.hub.Hub;
import dev.auscult.checkpoint.hub.HubReference;
import dev.auscult.checkpoint.hub.HubSnapshot;
import dev.auscult.tensor.Compute;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads models by the names users give them. */
public final class Models {
  /** A folder with one of these has a tokenizer of its own. */
  private static final List<String> VOCABULARIES =
      List.of(
          "tokenizer.json",
          "vocab.json",
          "vocab.txt",
          "spiece.model",
          "bpe_simple_vocab_16e6.txt.gz");

  private Models() {}

  /**
   * Loads a model of images and texts.
   *
   * @param modelSpec a folder with a checkpoint, a file of weights, a folder or description of a
   *     format that a {@link ModelProvider} opens, {@code hf:org/name[@revision]} for a model on
   *     the hub, or {@code phantom[:variant]} for one that comes with the library
   * @param compute the element type to compute with; the threads of libtorch are set by {@link
   *     Compute#apply}, not here
   * @return the encoder; the caller closes it
   * @throws InputException if there is no such model, or its files are incomplete or malformed
   */
  public static DualEncoder load(String modelSpec, Compute compute) {
    return load(modelSpec, compute, Progress.NONE);
  }

  /** The same; {@code progress} is told of a download, if there is one. */
  public static DualEncoder load(String modelSpec, Compute compute, Progress progress) {
    return dual(loadVision(modelSpec, compute, progress));
  }

  /**
   * Loads the image encoder of a model that may have no text encoder; see {@link #load}.
   *
   * @throws InputException if there is no such model, or its files are incomplete or malformed
   */
  public static VisionEncoder loadVision(String modelSpec, Compute compute, Progress progress) {
    Optional<PhantomModel> phantom = PhantomModel.named(modelSpec);
    if (phantom.isPresent()) {
      Path folder = phantom.get().extract(cacheFolder());
      Optional<String> notice = Optional.of(PhantomModel.NOTICE);
      return open(folder, modelSpec, compute, Optional.empty(), notice, progress);
    }
    if (HubReference.isHubName(modelSpec)) {
      HubSnapshot pulled = pull(modelSpec, progress);
      Optional<String> commit = Optional.of(pulled.commit().hex());
      return open(pulled.folder(), modelSpec, compute, commit, Optional.empty(), progress);
    }
    Path path = path(modelSpec);
    Optional<ModelProvider> provider = ModelProviders.of(path);
    if (provider.isPresent()) {
      refuseSize(ModelHint.beside(path, Registry.standard()));
      return provider.get().open(path, modelSpec, compute);
    }
    return open(path, modelSpec, compute, Optional.empty(), Optional.empty(), progress);
  }

  private static void refuseSize(ModelHint hint) {
    if (hint.imageSize().isPresent()) {
      throw hint.wrongSize(
          "no image size for a model in a format that fixes it",
          "export the model at that size, and remove the key");
    }
  }

  /** Downloads what a model needs, or finds it in the cache. */
  private static HubSnapshot pull(String modelSpec, Progress progress) {
    HubReference reference = HubReference.parse(modelSpec);
    FileSelection files = Registry.standard().files(reference);
    HubSnapshot pulled = Hub.fromEnvironment().pull(reference, files, progress);
    refuseHint(pulled.folder(), modelSpec);
    return pulled;
  }

  /** What a user says in the hub's cache would be passed over in silence. */
  static void refuseHint(Path snapshot, String modelSpec) {
    Path hint = snapshot.resolve(Registry.HINT);
    if (Files.exists(hint)) {
      throw new InputException(
          hint.toString(),
          "a file in the hub's cache, whose folders are as they were published",
          Registry.HINT + " in a folder of your own",
          "link what is beside it into one, move it there, and name that folder in place of "
              + modelSpec);
    }
  }

  /** The tokenizer of another repository, for a model whose own files have none. */
  private static Optional<Path> tokenizer(PublishedModel model, Path folder, Progress progress) {
    if (VOCABULARIES.stream().anyMatch(file -> Files.exists(folder.resolve(file)))) {
      return Optional.empty();
    }
    return model
        .vocabulary()
        .map(
            vocabulary ->
                Hub.fromEnvironment()
                    .pull(
                        HubReference.parse("hf:" + vocabulary.hub()),
                        new FileSelection(vocabulary.files()),
                        progress)
                    .folder());
  }

  private static VisionEncoder open(
      Path path,
      String name,
      Compute compute,
      Optional<String> commit,
      Optional<String> notice,
      Progress progress) {
    ModelHint hint = Registry.standard().hint(name, path);
    Optional<PublishedModel> published = hint.model();
    Checkpoint checkpoint = Checkpoint.open(path);
    Layout layout = Layouts.of(checkpoint);
    ModelSource source =
        new ModelSource(
            checkpoint,
            name,
            compute.dtype(),
            commit,
            hint,
            published.flatMap(model -> tokenizer(model, checkpoint.folder(), progress)),
            notice.or(() -> published.flatMap(PublishedModel::notice)));
    try {
      return layout.open(source);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new InputException(
          checkpoint.weightsName(),
          "sizes that fit no network (" + e.getMessage() + ")",
          "a checkpoint of " + layout.label(),
          "check that weights and configuration are the model's own",
          e);
    }
  }

  private static DualEncoder dual(VisionEncoder encoder) {
    if (encoder instanceof DualEncoder dual) {
      return dual;
    }
    String name = encoder.identity().name();
    String family = encoder.architecture().map(Architecture::family).orElse("an image encoder");
    encoder.close();
    throw new InputException(
        "model " + name,
        family + ", which has no text encoder here",
        "a model of images and texts",
        "embed its images with 'auscult embed --images', or name another model");
  }

  private static Path path(String modelSpec) {
    if (modelSpec.isBlank()) {
      throw noSuchModel(modelSpec, "no name", null);
    }
    try {
      Path path = Path.of(modelSpec);
      if (Files.exists(path)) {
        return path;
      }
      throw noSuchModel(modelSpec, "no such folder or file", null);
    } catch (InvalidPathException e) {
      throw noSuchModel(modelSpec, "no valid path", e);
    }
  }

  private static InputException noSuchModel(
      String modelSpec, String found, @Nullable Throwable cause) {
    return new InputException(
        "model " + modelSpec,
        found,
        "a folder with a checkpoint and what belongs to it, a file of weights,"
            + " hf:org/name[@revision], or phantom[:variant]",
        "check the name",
        cause);
  }

  private static Path cacheFolder() {
    String chosen = System.getenv("AUSCULT_CACHE");
    return chosen == null || chosen.isBlank()
        ? Path.of(System.getProperty("user.home", "."), ".cache", "auscult")
        : Path.of(chosen);
  }
}
