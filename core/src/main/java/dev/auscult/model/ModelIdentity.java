package dev.auscult.model;

import dev.auscult.base.ContentHash;
import java.util.Optional;

/**
 * What a model is and where it came from.
 *
 * @param name as the user named it, e.g. {@code phantom:overlay-shortcut} or a folder
 * @param family the architecture in words, e.g. {@code CLIP ViT-B/32}
 * @param weights SHA-256 over the weight files
 * @param configuration SHA-256 over configuration, tokenizer and preprocessing files
 * @param commit of the repository on the hub that it was taken from, where it was
 * @param notice a sentence on its limits for use, printed whenever it is used
 */
public record ModelIdentity(
    String name,
    String family,
    ContentHash weights,
    ContentHash configuration,
    Optional<String> commit,
    Optional<String> notice) {

  /** A model that does not come from the hub. */
  public ModelIdentity(
      String name,
      String family,
      ContentHash weights,
      ContentHash configuration,
      Optional<String> notice) {
    this(name, family, weights, configuration, Optional.empty(), notice);
  }
}
