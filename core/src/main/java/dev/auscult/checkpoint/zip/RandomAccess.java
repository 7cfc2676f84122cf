package dev.auscult.checkpoint.zip;

import java.io.IOException;

/** Bytes that can be read from any place. */
public interface RandomAccess {
  /** How many there are. */
  long size() throws IOException;

  /** A copy of some of them; they lie within the size. */
  byte[] bytes(long at, int length) throws IOException;
}
