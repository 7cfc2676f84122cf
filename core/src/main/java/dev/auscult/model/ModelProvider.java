package dev.auscult.model;

import dev.auscult.tensor.Compute;
import java.nio.file.Path;

/**
 * Opens models of a format that a module of its own reads. Found by {@link
 * java.util.ServiceLoader}: a module names its provider in {@code
 * META-INF/services/dev.auscult.model.ModelProvider}. The models it opens pass the contract test of
 * {@link DualEncoder}.
 */
public interface ModelProvider {

  /** Whether a folder or file is of this format; looks at names only. */
  boolean recognises(Path folderOrFile);

  /**
   * Opens a model.
   *
   * @param name as the user named it
   * @param compute threads and element type to compute with
   * @return the encoder; the caller closes it
   * @throws dev.auscult.base.InputException if its files are incomplete or malformed
   */
  VisionEncoder open(Path folderOrFile, String name, Compute compute);
}
