package dev.auscult.model;

import dev.auscult.base.AtomicFile;
import dev.auscult.checkpoint.SafetensorsWriter;
import dev.auscult.image.ImageTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a CLIP checkpoint in Hugging Face's layout, which transformers' {@code
 * CLIPModel.from_pretrained} and {@link Models#load} open.
 */
public final class ClipCheckpointWriter {
  private ClipCheckpointWriter() {}

  /** Writes a tokenizer's files. */
  @FunctionalInterface
  public interface TokenizerFiles {
    /** Writes {@code tokenizer.json} and what belongs to it into a folder that exists. */
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Writes {@code config.json}, {@code preprocessor_config.json}, the tokenizer's files and at last
   * {@code model.safetensors}, each whole or not at all: a folder with weights is complete.
   *
   * @param parameters named and shaped as {@link ClipConfig#shapes()} says; written as float32
   * @throws IOException if a file cannot be written
   */
  public static void write(
      Path folder,
      ClipConfig config,
      Parameters parameters,
      ImageTransform transform,
      TokenizerFiles tokenizer)
      throws IOException {
    Path weights = folder.resolve("model.safetensors");
    Files.createDirectories(folder);
    Files.deleteIfExists(weights);
    AtomicFile.writeString(
        folder.resolve("config.json"),
        JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(config.toJson())
            + "\n");
    transform.write(folder.resolve("preprocessor_config.json"));
    tokenizer.writeTo(folder);
    SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
    config
        .shapes()
        .forEach((name, shape) -> writer.addFloats(name, shape, parameters.get(name)::toFloats));
    writer.write(weights);
  }
}
