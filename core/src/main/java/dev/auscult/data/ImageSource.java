package dev.auscult.data;

import dev.auscult.base.ContentHash;
import dev.auscult.image.RgbImage;

/** An image that is read when needed and forgotten afterwards. */
public interface ImageSource {

  /** A name for messages: the file, or the phantom's id. */
  String name();

  /**
   * Decodes the image.
   *
   * @throws dev.auscult.base.InputException if it cannot be decoded
   */
  RgbImage read();

  /** Identifies the pixels. */
  ContentHash hash();
}
