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
 * @param unwrapped what was taken off around the tensors, such as {@code state_dict} or {@code
 *     module.}
 * @param imageHead how the image encoder's states become the embedding, in words
 * @param textHead the same of the text encoder; empty if there is none
 */
public record Architecture(
    String layout,
    String image,
    String text,
    long parameters,
    long bytes,
    List<String> ignored,
    List<String> unwrapped,
    String imageHead,
    String textHead) {

  /** Copies the lists. */
  public Architecture {
    ignored = List.copyOf(ignored);
    unwrapped = List.copyOf(unwrapped);
  }

  /** Where nothing is known of heads and nothing was taken off. */
  public Architecture(
      String layout, String image, String text, long parameters, long bytes, List<String> ignored) {
    this(layout, image, text, parameters, bytes, ignored, List.of(), "", "");
  }

  /** The same with both heads in words. */
  Architecture withHeads(String ofImages, String ofTexts) {
    return new Architecture(
        layout, image, text, parameters, bytes, ignored, unwrapped, ofImages, ofTexts);
  }

  /** Both encoders in words. */
  public String family() {
    return text.isEmpty() ? image : image + " + " + text;
  }
}
