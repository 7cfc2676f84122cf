package dev.auscult.checkpoint.hub;

import java.nio.file.Path;
import java.util.List;

/**
 * A model of the hub as it lies on this disk.
 *
 * @param reference what was asked for
 * @param commit the commit that the revision is at
 * @param folder the folder of its files; in it they have the names of the repository
 * @param files the wanted ones
 * @param downloadedBytes how many bytes came over the network
 * @param downloadedFiles how many files did
 */
public record HubSnapshot(
    HubReference reference,
    Commit commit,
    Path folder,
    List<Entry> files,
    long downloadedBytes,
    int downloadedFiles) {

  /** Copies the list. */
  public HubSnapshot {
    files = List.copyOf(files);
  }

  /**
   * A file of it.
   *
   * @param name its path in the repository
   * @param size its bytes
   */
  public record Entry(String name, long size) {}

  /** The bytes of all files. */
  public long size() {
    return files.stream().mapToLong(Entry::size).sum();
  }
}
