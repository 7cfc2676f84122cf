package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.model.ModelIdentity;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An adapter with its description: one safetensors file, numbers as tensors and the description as
 * JSON in the header. Reading it runs nothing.
 *
 * @param description what it is
 * @param adapter the adapter
 */
public record SavedAdapter(AdapterDescription description, Adapter adapter) {

  /**
   * Writes the file whole or not at all.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    AdapterTensors.writer(adapter)
        .metadata(DescriptionJson.KEY, DescriptionJson.write(description))
        .write(file);
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it is no adapter, or its tensors do not fit together
   */
  public static SavedAdapter read(Path file) {
    return AdapterTensors.read(file);
  }

  /**
   * Checks that the adapter was trained on this model.
   *
   * @throws InputException if it was not: the space of another model's embeddings is another
   */
  public void requireModel(ModelIdentity model) {
    AdapterDescription.Model own = description.model();
    if (!own.weights().equals(model.weights())
        || !own.configuration().equals(model.configuration())) {
      throw new InputException(
          "--adapter",
          "an adapter of " + own.name() + " (weights " + own.weights().abbreviated() + ")",
          "one of %s (weights %s)".formatted(model.name(), model.weights().abbreviated()),
          "train one with auscult adapt on this model, or name that model");
    }
  }
}
