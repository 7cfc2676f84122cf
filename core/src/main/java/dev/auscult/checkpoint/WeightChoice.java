package dev.auscult.checkpoint;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which file of a folder its weights are taken from. The names that libraries give come first:
 * those of transformers before those of open_clip, the other way round where only {@code
 * open_clip_config.json} is there, and safetensors before PyTorch's format in each. Else the only
 * file whose name looks like weights.
 *
 * @param file the file of weights, or the index of its shards
 */
public record WeightChoice(Path file) {
  private static final List<String> TRANSFORMERS =
      List.of(
          "model.safetensors",
          "model.safetensors.index.json",
          "pytorch_model.bin",
          "pytorch_model.bin.index.json");
  private static final List<String> OPEN_CLIP =
      List.of("open_clip_model.safetensors", "open_clip_pytorch_model.bin");
  private static final Pattern SAFETENSORS = Pattern.compile("(?i).*\\.safetensors");
  private static final Pattern PYTORCH = Pattern.compile("(?i).*\\.(bin|pt|pth|tar|ckpt)");
  private static final Pattern OTHER = Pattern.compile("(?i).*\\.(h5|msgpack|onnx|gguf|npz|zip)");

  /** What trainers leave beside a model and is none. */
  private static final Pattern TRAINING =
      Pattern.compile("(training_args|optimizer|scheduler|scaler|rng_state)\\b.*");

  /**
   * Chooses.
   *
   * @throws InputException if there are no weights, or several files and no rule between them
   */
  static WeightChoice in(Path folder) {
    List<String> names = list(folder);
    return among(names, folder.toString(), "name the file that is meant")
        .map(name -> new WeightChoice(folder.resolve(name)))
        .orElseThrow(
            () -> noWeights(folder, names.stream().filter(OTHER.asMatchPredicate()).toList()));
  }

  /**
   * Chooses among the names of files that lie in one folder.
   *
   * @param subject what they belong to, for the message
   * @param nextStep what to do if there is no rule between several
   * @return the name of the file of weights, or of the index of its shards; empty if there is none
   * @throws InputException if there are several files and no rule between them
   */
  public static Optional<String> among(Collection<String> names, String subject, String nextStep) {
    for (String usual : namesInOrder(names)) {
      if (names.contains(usual)) {
        return Optional.of(usual);
      }
    }
    for (Pattern format : List.of(SAFETENSORS, PYTORCH)) {
      List<String> found =
          names.stream()
              .filter(format.asMatchPredicate().and(TRAINING.asMatchPredicate().negate()))
              .sorted()
              .toList();
      if (found.size() > 1) {
        throw new InputException(
            subject,
            "several files of weights: " + Weights.firstFew(found),
            "one, or one with a usual name (" + TRANSFORMERS.get(0) + ")",
            nextStep);
      }
      if (!found.isEmpty()) {
        return Optional.of(found.get(0));
      }
    }
    return Optional.empty();
  }

  /** Whether a file of weights is an index that names others. */
  public static boolean isIndex(String name) {
    return name.endsWith(".index.json");
  }

  private static List<String> namesInOrder(Collection<String> names) {
    boolean openClipOnly =
        names.contains("open_clip_config.json") && !names.contains(Checkpoint.CONFIG);
    List<String> ordered = new ArrayList<>(openClipOnly ? OPEN_CLIP : TRANSFORMERS);
    ordered.addAll(openClipOnly ? TRANSFORMERS : OPEN_CLIP);
    return ordered;
  }

  private static List<String> list(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputException(
          folder.toString(),
          "that it cannot be listed (" + e.getMessage() + ")",
          "a readable folder",
          "check its permissions",
          e);
    }
  }

  private static InputException noWeights(Path folder, List<String> others) {
    return new InputException(
        folder.toString(),
        "no weights"
            + (others.isEmpty() ? "" : " that can be read, but " + Weights.firstFew(others)),
        "model.safetensors, pytorch_model.bin, an index of shards, or the file of another name",
        others.stream().anyMatch(name -> name.endsWith(".onnx"))
            ? "describe the exports in an auscult-onnx.json (docs/onnx.md)"
            : "download the checkpoint's weights into it");
  }
}
