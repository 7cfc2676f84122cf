package dev.auscult.checkpoint;

import dev.auscult.checkpoint.pickle.Pickled;
import dev.auscult.checkpoint.zip.ZipEntry;
import java.util.Optional;

/**
 * A run of elements that tensors of a PyTorch checkpoint share.
 *
 * @param type how they are encoded; none for raw bytes
 * @param elements how many there are; bytes where there is no type
 * @param entry where they lie in the archive; it holds at least so many
 */
record TorchStorage(Optional<StoredType> type, long elements, ZipEntry entry)
    implements Pickled.Foreign {

  /** How many bytes they take. */
  long bytes() {
    return Math.multiplyExact(elements, type.map(StoredType::bytes).orElse(1));
  }
}
