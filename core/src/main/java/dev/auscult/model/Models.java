package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.hub.FileSelection;
import dev.auscult.checkpoint.hub.Hub;
import dev.auscult.checkpoint.hub.HubReference;
import dev.auscult.tensor.Compute;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads models by the names users give them. */
public final class Models {
  private Models() {}

  /**
   * Loads a model.
   *
   * @param modelSpec a folder in Hugging Face layout, {@code hf:org/name[@revision]} for a model on
   *     the hub, or {@code phantom[:variant]} for one that comes with the library
   * @param compute the element type to compute with; its threads are set by {@link Compute#apply},
   *     not here
   * @return the encoder; the caller closes it
   * @throws InputException if there is no such model, or its files are incomplete or malformed
   */
  public static DualEncoder load(String modelSpec, Compute compute) {
    return load(modelSpec, compute, Progress.NONE);
  }

  /** The same; {@code progress} is told of a download, if there is one. */
  public static DualEncoder load(String modelSpec, Compute compute, Progress progress) {
    Optional<PhantomModel> phantom = PhantomModel.named(modelSpec);
    if (phantom.isPresent()) {
      Path folder = phantom.get().extract(cacheFolder());
      return open(folder, modelSpec, compute, Optional.of(PhantomModel.NOTICE));
    }
    if (HubReference.isHubName(modelSpec)) {
      HubReference reference = HubReference.parse(modelSpec);
      Path folder =
          Hub.fromEnvironment().pull(reference, FileSelection.needed(), progress).folder();
      return open(folder, modelSpec, compute, Optional.empty());
    }
    return open(folder(modelSpec), modelSpec, compute, Optional.empty());
  }

  private static DualEncoder open(
      Path folder, String name, Compute compute, Optional<String> notice) {
    refuseOpenClip(folder);
    Checkpoint checkpoint = Checkpoint.open(folder);
    return switch (Architecture.of(checkpoint.config(), checkpoint.configFile())) {
      case CLIP -> ClipLayout.open(checkpoint, name, compute.dtype(), notice);
    };
  }

  private static Path folder(String modelSpec) {
    if (modelSpec.isBlank()) {
      throw noSuchModel(modelSpec, "no name", null);
    }
    try {
      Path folder = Path.of(modelSpec);
      if (Files.isDirectory(folder)) {
        return folder;
      }
      throw noSuchModel(modelSpec, Files.exists(folder) ? "a file" : "no such folder", null);
    } catch (InvalidPathException e) {
      throw noSuchModel(modelSpec, "no valid path", e);
    }
  }

  private static InputException noSuchModel(
      String modelSpec, String found, @Nullable Throwable cause) {
    return new InputException(
        "model " + modelSpec,
        found,
        "a folder with config.json, model.safetensors, tokenizer.json and"
            + " preprocessor_config.json, hf:org/name[@revision], or phantom[:variant]",
        "check the name",
        cause);
  }

  private static void refuseOpenClip(Path folder) {
    if (Files.exists(folder.resolve("open_clip_config.json"))
        && !Files.exists(folder.resolve("config.json"))) {
      throw new InputException(
          folder.toString(),
          "the open_clip layout (open_clip_config.json)",
          "the Hugging Face layout (config.json), one of " + Architecture.descriptions(),
          "use the model's Hugging Face conversion");
    }
  }

  private static Path cacheFolder() {
    String chosen = System.getenv("AUSCULT_CACHE");
    return chosen == null || chosen.isBlank()
        ? Path.of(System.getProperty("user.home", "."), ".cache", "auscult")
        : Path.of(chosen);
  }
}
