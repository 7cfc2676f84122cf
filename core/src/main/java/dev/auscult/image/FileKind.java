package dev.auscult.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** What a file is by its first bytes: what is decoded, and what a message can at least name. */
enum FileKind {
  PNG("a PNG image", 0, "89504e470d0a1a0a"),
  JPEG("a JPEG image", 0, "ffd8ff"),
  GIF("a GIF image", 0, "47494638"),
  BMP("a BMP image", 0, "424d"),
  TIFF_LITTLE_ENDIAN("a TIFF image", 0, "49492a00"),
  TIFF_BIG_ENDIAN("a TIFF image", 0, "4d4d002a"),
  WEBP("a WebP image", 8, "57454250"),
  JPEG_2000("a JPEG 2000 image", 0, "0000000c6a502020"),
  JPEG_2000_STREAM("a JPEG 2000 image", 0, "ff4fff51"),
  HEIF("a HEIF or AVIF image", 4, "66747970"),
  DICOM("a DICOM file", 128, "4449434d"),
  PDF("a PDF document", 0, "25504446"),
  ZIP("a ZIP archive", 0, "504b0304"),
  GZIP("a gzip archive", 0, "1f8b"),
  TEXT("text", 0, ""),
  UNKNOWN("data of an unknown kind", 0, "");

  private final String description;
  private final int offset;
  private final String magic;

  FileKind(String description, int offset, String magic) {
    this.description = description;
    this.offset = offset;
    this.magic = magic;
  }

  static FileKind of(byte[] file) {
    return Arrays.stream(values())
        .filter(kind -> !kind.magic.isEmpty() && kind.matches(file))
        .findFirst()
        .orElse(isText(file) ? TEXT : UNKNOWN);
  }

  String description() {
    return description;
  }

  private boolean matches(byte[] file) {
    int end = offset + magic.length() / 2;
    return file.length >= end && HexFormat.of().formatHex(file, offset, end).equals(magic);
  }

  private static boolean isText(byte[] file) {
    String start = new String(file, 0, Math.min(file.length, 512), StandardCharsets.UTF_8);
    return start.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t');
  }
}
