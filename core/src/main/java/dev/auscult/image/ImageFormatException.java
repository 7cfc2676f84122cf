package dev.auscult.image;

/** What is wrong inside an image file; {@link ImageDecoder} adds the name and the next step. */
final class ImageFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String expected;

  ImageFormatException(String found, String expected) {
    super(found);
    this.expected = expected;
  }

  ImageFormatException(String found, String expected, Throwable cause) {
    super(found, cause);
    this.expected = expected;
  }

  String expected() {
    return expected;
  }
}
