package dev.auscult.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that says that a model is of a format which a module of its own opens, and describes it.
 * There may be several in a folder, {@code int8.NAME} beside {@code NAME}.
 *
 * @param name its name
 * @param module the Maven coordinates, without version, of the module that reads it
 */
public record DescriptionFile(String name, String module) {
  /** Two encoders exported to ONNX. */
  public static final DescriptionFile ONNX =
      new DescriptionFile("auscult-onnx.json", "dev.auscult:auscult-onnx");

  /** The description itself, or the one in a folder. */
  public Optional<Path> in(Path folderOrFile) {
    if (Files.isDirectory(folderOrFile)) {
      return Optional.of(folderOrFile.resolve(name)).filter(Files::exists);
    }
    String file = String.valueOf(folderOrFile.getFileName());
    return file.equals(name) || file.endsWith("." + name)
        ? Optional.of(folderOrFile)
        : Optional.empty();
  }
}
