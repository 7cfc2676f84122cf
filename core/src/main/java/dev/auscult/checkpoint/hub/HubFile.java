package dev.auscult.checkpoint.hub;

/**
 * A file of a repository at one commit.
 *
 * @param name its path in the repository, with {@code /}
 * @param size its bytes
 * @param blob the name of its content
 */
record HubFile(String name, long size, BlobId blob) {
  /** Checks the name and the size. */
  HubFile {
    if (size < 0 || !RepositoryPath.isSafe(name)) {
      throw new IllegalArgumentException("no file of a repository: " + name + ", " + size);
    }
  }
}
