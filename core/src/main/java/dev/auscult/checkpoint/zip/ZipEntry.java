package dev.auscult.checkpoint.zip;

/**
 * A file in an archive.
 *
 * @param name its path in the archive; never used as a path on disk
 * @param stored whether its bytes are there as they are, not compressed
 * @param begin where its bytes begin, counted from the beginning of the archive
 * @param size how many bytes lie there
 */
public record ZipEntry(String name, boolean stored, long begin, long size) {
  /** One past its last byte. */
  public long end() {
    return begin + size;
  }
}
