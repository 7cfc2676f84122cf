package dev.auscult.checkpoint;

import dev.auscult.base.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/** What a file of weights is, told by its first bytes. */
enum FileFormat {
  /** A length below 25 MB, then a JSON header; either of them is enough to be taken for one. */
  SAFETENSORS("a safetensors file", ""),
  /** JSON: where the tensors of a sharded checkpoint are. */
  SHARD_INDEX("an index of shards", "name a shard's index only where a whole checkpoint is meant"),
  /** A zip archive, as torch.save has written since PyTorch 1.6, or torch.jit.save. */
  ZIP("a zip archive", ""),
  /** A bare pickle, as torch.save wrote before. */
  PICKLE(
      "a bare pickle, as PyTorch wrote before version 1.6",
      "convert it once where you trust its origin: in Python,"
          + " torch.save(torch.load(old, weights_only=True), new)"),
  /** What Git has in place of a large file that was not fetched. */
  LFS_POINTER(
      "a Git LFS pointer in place of the file", "fetch the file itself, e.g. with git lfs pull"),
  /** A page, usually an error page that was saved as the file. */
  HTML("an HTML page", "download the file again: this is probably an error page"),
  /** HDF5, as Keras writes. */
  HDF5("an HDF5 file, as Keras writes", "use the checkpoint's PyTorch or safetensors file"),
  /** GGUF, for llama.cpp. */
  GGUF("a GGUF file", "use the checkpoint's PyTorch or safetensors file"),
  /** A tar archive or a compressed file. */
  PACKED("a packed archive (tar or compressed)", "unpack it and name the checkpoint in it"),
  /** Nothing to go by. */
  EMPTY("an empty file", "obtain the file again"),
  /** None of these. */
  UNKNOWN("a file of unknown format", "check that this is the checkpoint");

  static final String EXPECTED =
      "weights as safetensors or PyTorch's zip format, or an index of shards";

  private static final int PREFIX = 512;

  private final String description;
  private final String nextStep;

  FileFormat(String description, String nextStep) {
    this.description = description;
    this.nextStep = nextStep;
  }

  /**
   * Looks at the beginning of a file.
   *
   * @throws InputException if it cannot be read
   */
  static FileFormat of(Path file) {
    return of(prefix(file));
  }

  private static byte[] prefix(Path file) {
    return MappedFile.read(
        file, EXPECTED, opened -> opened.bytes(0, (int) Math.min(PREFIX, opened.size())));
  }

  private static FileFormat of(byte[] prefix) {
    String text = new String(prefix, StandardCharsets.ISO_8859_1);
    if (text.isEmpty()) {
      return EMPTY;
    }
    if (text.startsWith("PK\u0003\u0004") || text.startsWith("PK\u0005\u0006")) {
      return ZIP;
    }
    if (beginsWithHeader(prefix)) {
      return SAFETENSORS;
    }
    if (text.startsWith("\u0080") && prefix.length > 1 && prefix[1] >= 0 && prefix[1] <= 5) {
      return PICKLE;
    }
    if (text.startsWith("version https://git-lfs")) {
      return LFS_POINTER;
    }
    if (text.startsWith("\u0089HDF\r\n")) {
      return HDF5;
    }
    if (text.startsWith("GGUF")) {
      return GGUF;
    }
    if (isPacked(text)) {
      return PACKED;
    }
    String words = text.strip();
    if (words.startsWith("{")) {
      return SHARD_INDEX;
    }
    return words.startsWith("<") ? HTML : UNKNOWN;
  }

  private static boolean beginsWithHeader(byte[] prefix) {
    if (prefix.length < 8) {
      return false;
    }
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    boolean possible = length >= 0 && length <= SafetensorsHeader.MAX_BYTES;
    return possible || (prefix.length > 8 && prefix[8] == '{');
  }

  private static boolean isPacked(String text) {
    return text.startsWith("ustar", 257)
        || text.startsWith("\u001f\u008b")
        || text.startsWith("BZh")
        || text.startsWith("7z\u00bc\u00af")
        || text.startsWith("\u00fd7zXZ")
        || text.startsWith("Rar!")
        || text.startsWith("(\u00b5/\u00fd");
  }

  /** The error for a file of this format where weights are wanted. */
  InputException refused(Path file) {
    String found = description;
    if (this == UNKNOWN) {
      byte[] prefix = prefix(file);
      found +=
          " that begins with the bytes "
              + HexFormat.ofDelimiter(" ").formatHex(prefix, 0, Math.min(8, prefix.length));
    }
    return new InputException(file.toString(), found, EXPECTED, nextStep);
  }
}
