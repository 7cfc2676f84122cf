package dev.auscult.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of one file.
 *
 * @param tensors by name
 * @param unwrapped what was taken off around them, outermost first
 */
record TensorFile(Map<String, StoredTensor> tensors, List<String> unwrapped) {

  /**
   * Opens a file that holds tensors itself.
   *
   * @throws dev.auscult.base.InputException if it is of another format or malformed
   */
  static TensorFile open(Path file) {
    FileFormat format = FileFormat.of(file);
    return switch (format) {
      case SAFETENSORS -> ofSafetensors(file);
      case ZIP -> TorchFile.open(file);
      default -> throw format.refused(file);
    };
  }

  private static TensorFile ofSafetensors(Path file) {
    SafetensorsFile opened = SafetensorsFile.open(file);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    opened.names().forEach(name -> tensors.put(name, opened.get(name)));
    return new TensorFile(tensors, List.of());
  }
}
