package dev.auscult.checkpoint;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which file of a folder its weights are taken from. The names that libraries give come first:
 * those of transformers before those of open_clip, the other way round where only {@code
 * open_clip_config.json} is there, and safetensors before PyTorch's format in each. Else the only
 * file whose name looks like weights.
 *
 * @param file the file of weights, or the index of its shards
 */
record WeightChoice(Path file) {
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

  /**
   * Chooses.
   *
   * @throws InputException if there are no weights, or several files and no rule between them
   */
  static WeightChoice in(Path folder) {
    for (String name : namesInOrder(folder)) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        return new WeightChoice(file);
      }
    }
    List<String> names = list(folder);
    for (Pattern format : List.of(SAFETENSORS, PYTORCH)) {
      List<String> found = names.stream().filter(format.asMatchPredicate()).toList();
      if (found.size() == 1) {
        return new WeightChoice(folder.resolve(found.get(0)));
      }
      if (found.size() > 1) {
        throw new InputException(
            folder.toString(),
            "several files of weights: " + Weights.firstFew(found),
            "one, or one with a usual name (" + TRANSFORMERS.get(0) + ")",
            "name the file that is meant");
      }
    }
    throw noWeights(folder, names.stream().filter(OTHER.asMatchPredicate()).toList());
  }

  private static List<String> namesInOrder(Path folder) {
    boolean openClipOnly =
        Files.exists(folder.resolve("open_clip_config.json"))
            && !Files.exists(folder.resolve(Checkpoint.CONFIG));
    List<String> names = new ArrayList<>(openClipOnly ? OPEN_CLIP : TRANSFORMERS);
    names.addAll(openClipOnly ? TRANSFORMERS : OPEN_CLIP);
    return names;
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
        "download the checkpoint's weights into it");
  }
}
