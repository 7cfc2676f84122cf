package dev.auscult.checkpoint.zip;

import dev.auscult.base.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What is wrong with an archive, in one line.
 *
 * @param file what the archive is called
 */
record ZipErrors(String file) {

  /** The archive does not hold together. */
  InputException broken(String found) {
    return new InputException(
        file, found, "a whole zip archive", "the file is damaged: obtain it again");
  }

  /** The archive is not one that torch.save writes. */
  InputException refused(String found, String expected) {
    return new InputException(
        file, found, expected, "obtain the file as torch.save wrote it, or as safetensors");
  }

  ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
