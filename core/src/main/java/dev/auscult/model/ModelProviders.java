package dev.auscult.model;

import dev.auscult.base.InputException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/** The providers on the class path. */
final class ModelProviders {
  private ModelProviders() {}

  /**
   * The provider of a folder or file; empty if it is a checkpoint.
   *
   * @throws InputException if it needs a module that is absent
   */
  static Optional<ModelProvider> of(Path folderOrFile) {
    for (ModelProvider provider : ServiceLoader.load(ModelProvider.class)) {
      if (provider.recognises(folderOrFile)) {
        return Optional.of(provider);
      }
    }
    DescriptionFile.ONNX
        .in(folderOrFile)
        .ifPresent(
            description -> {
              throw new InputException(
                  description.toString(),
                  "a model in ONNX, and no module that runs it",
                  DescriptionFile.ONNX.module() + " on the class path",
                  "add it to the dependencies; the auscult command has it");
            });
    return Optional.empty();
  }
}
