package dev.auscult.checkpoint;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.zip.ZipDirectory;
import dev.auscult.checkpoint.zip.ZipEntry;
import java.util.List;

/**
 * The entries of a PyTorch archive: {@code data.pkl}, which describes the tensors, a file {@code
 * data/KEY} for each storage, and {@code byteorder}, all in one folder.
 */
final class TorchEntries {
  private static final String PICKLE = "data.pkl";

  private final ZipDirectory zip;
  private final String file;
  private final String folder;

  /**
   * Finds the folder.
   *
   * @param file what the archive is called in messages
   * @throws InputException if there is none or more than one
   */
  TorchEntries(ZipDirectory zip, String file) {
    this.zip = zip;
    this.file = file;
    List<String> found =
        zip.entries().keySet().stream().filter(name -> name.matches("[^/]+/data\\.pkl")).toList();
    if (found.size() != 1) {
      throw new InputException(
          file,
          found.isEmpty()
              ? "a zip archive without data.pkl, but " + contents(zip)
              : "several checkpoints: " + Weights.firstFew(found),
          "one that torch.save wrote",
          "unpack it and name the checkpoint in it, if it holds one");
    }
    folder = found.get(0).substring(0, found.get(0).length() - PICKLE.length());
  }

  private static String contents(ZipDirectory zip) {
    return zip.entries().isEmpty()
        ? "nothing"
        : Weights.firstFew(List.copyOf(zip.entries().keySet()));
  }

  /** Whether torch.jit.save wrote it. */
  boolean isScripted() {
    return zip.find(folder + "constants.pkl") != null
        || zip.entries().keySet().stream().anyMatch(name -> name.startsWith(folder + "code/"));
  }

  /** The description of the tensors. */
  ZipEntry pickle() {
    return stored(PICKLE);
  }

  /** Where a storage lies. */
  ZipEntry storage(String key) {
    return stored("data/" + key);
  }

  /** Whether it says in which order the bytes of numbers are. */
  boolean hasByteOrder() {
    return zip.find(folder + "byteorder") != null;
  }

  /** In which order the bytes of numbers are; older archives do not say. */
  ZipEntry byteOrder() {
    return stored("byteorder");
  }

  private ZipEntry stored(String name) {
    ZipEntry entry = zip.find(folder + name);
    if (entry == null) {
      throw new InputException(
          file,
          "no entry " + folder + name,
          "one, as data.pkl says",
          "the file is incomplete: obtain it again");
    }
    if (!entry.stored()) {
      throw new InputException(
          file,
          "the compressed entry " + entry.name(),
          "entries stored as they are",
          "obtain the file as torch.save wrote it: another program has packed it anew");
    }
    return entry;
  }
}
