package dev.auscult.model;

import java.util.List;

/**
 * What a model is made of, as far as its files tell.
 *
 * @param layout how its files are kept, in words
 * @param image the image encoder in words, e.g. {@code ViT-B/16}
 * @param text the text encoder in words; empty if there is none
 * @param parameters the number of scalar parameters
 * @param bytes what the parameters take as they are computed with
 * @param ignored tensors of the files that take no part
 */
public record Architecture(
    String layout, String image, String text, long parameters, long bytes, List<String> ignored) {

  /** Copies the list. */
  public Architecture {
    ignored = List.copyOf(ignored);
  }

  /** Both encoders in words. */
  public String family() {
    return text.isEmpty() ? image : image + " + " + text;
  }
}
