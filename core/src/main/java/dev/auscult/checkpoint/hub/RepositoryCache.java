package dev.auscult.checkpoint.hub;

import dev.auscult.base.AtomicFile;
import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of the cache that belongs to one repository, laid out as Python's huggingface_hub does:
 *
 * <pre>
 * models--org--name/blobs/HASH              content, by its hash
 * models--org--name/snapshots/COMMIT/FILE   relative links to the content
 * models--org--name/refs/REVISION           the commit that a branch or tag was at
 * models--org--name/.no_exist/COMMIT/FILE   an empty file for a file that is known not to exist
 * .locks/models--org--name/                 locks
 * </pre>
 */
final class RepositoryCache {
  private static final Logger LOG = LoggerFactory.getLogger(RepositoryCache.class);
  private static final String TAG =
      """
      Signature: 8a477f597d28d172789f06886806bc55
      # A cache of models; backups may leave it out (https://bford.info/cachedir/).
      """;

  private final Path root;
  private final Path folder;
  private final HubReference reference;
  private final boolean symlinks;

  RepositoryCache(HubSettings settings, HubReference reference) {
    this.root = settings.cache().toAbsolutePath().normalize();
    this.folder = root.resolve(name(reference));
    this.reference = reference;
    this.symlinks = settings.symlinks();
  }

  private static String name(HubReference reference) {
    return "models--" + reference.repository().replace("/", "--");
  }

  /** The whole cache. */
  Path root() {
    return root;
  }

  /** The folder of this repository. */
  Path folder() {
    return folder;
  }

  /** Where content lies. */
  Path blob(BlobId blob) {
    return folder.resolve("blobs").resolve(blob.hex());
  }

  /** Where content grows; other programs give their unfinished files other names. */
  Path partial(BlobId blob) {
    return folder.resolve("blobs").resolve(blob.hex() + ".auscult.incomplete");
  }

  /** The file that is locked while content grows. */
  Path lock(BlobId blob) {
    return root.resolve(".locks").resolve(name(reference)).resolve(blob.hex() + ".auscult.lock");
  }

  /** The folder of a commit's files. */
  Path snapshot(Commit commit) {
    return folder.resolve("snapshots").resolve(commit.hex());
  }

  /** Where huggingface_hub notes which files a commit has. */
  Path tree(Commit commit) {
    return folder.resolve("trees").resolve(commit.hex() + ".json");
  }

  /** The commit of the reference, if the cache knows it. */
  Optional<Commit> commit() {
    if (reference.isPinned()) {
      return Optional.of(new Commit(reference.revision()));
    }
    try {
      String content = Files.readString(ref()).strip();
      return Commit.isOne(content) ? Optional.of(new Commit(content)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path ref() {
    return folder.resolve("refs").resolve(reference.revision());
  }

  /** Notes the commit that the revision is at; a cache that cannot be written stays as it is. */
  void remember(Commit commit) {
    if (reference.isPinned() || commit().equals(Optional.of(commit))) {
      return;
    }
    try {
      AtomicFile.writeString(ref(), commit.hex());
    } catch (IOException e) {
      LOG.debug("cannot note the commit of {}", reference, e);
    }
  }

  /** Notes which files the commit does not have, so that nobody asks again. */
  void noteAbsent(Commit commit, Collection<String> names) {
    for (String name : names) {
      Path mark = absence(commit, name);
      try {
        if (!Files.exists(mark)) {
          Files.createDirectories(folderOf(mark));
          Files.createFile(mark);
        }
      } catch (IOException e) {
        LOG.debug("cannot note what {} does not have", reference, e);
      }
    }
  }

  private static Path folderOf(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  /** Whether it was noted that the commit does not have the file. */
  boolean isKnownAbsent(Commit commit, String name) {
    return Files.exists(absence(commit, name));
  }

  private Path absence(Commit commit, String name) {
    return folder.resolve(".no_exist").resolve(commit.hex()).resolve(name);
  }

  /** Whether the content is there in full. */
  boolean holds(HubFile file) {
    return isWhole(blob(file.blob()), file.size());
  }

  /** Whether the commit's folder has the file in full. */
  boolean holds(Commit commit, HubFile file) {
    return isWhole(snapshot(commit).resolve(file.name()), file.size());
  }

  private boolean isWhole(Path file, long size) {
    try {
      return Files.isRegularFile(file) && Files.size(file) == size && staysInside(file);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether the file, all links followed, lies in the cache.
   *
   * @throws InputException if it does not: somebody has put a link there that leads elsewhere
   */
  boolean staysInside(Path file) throws IOException {
    Path real = file.toRealPath();
    if (isBelow(real, root) || isBelow(real, folder) || isBelow(real, folder.resolve("blobs"))) {
      return true;
    }
    throw new InputException(
        file.toString(),
        "a link to " + real,
        "a file inside the cache " + root,
        "remove the link; the file is then downloaded again");
  }

  private static boolean isBelow(Path real, Path folder) throws IOException {
    return Files.exists(folder) && real.startsWith(folder.toRealPath());
  }

  /** Makes the folders, and marks the cache for backup programs. */
  void prepare() throws IOException {
    Files.createDirectories(folder.resolve("blobs"));
    Path tag = root.resolve("CACHEDIR.TAG");
    if (!Files.exists(tag)) {
      AtomicFile.writeString(tag, TAG);
    }
  }

  /**
   * Makes a file of the commit out of content that is there: a link, or a copy where links cannot
   * be.
   *
   * @param fresh whether the content has just arrived, so that nothing else needs it; then it is
   *     moved rather than copied
   */
  void place(Commit commit, HubFile file, boolean fresh) throws IOException {
    Path target = snapshot(commit).resolve(file.name());
    Path parent = folderOf(target);
    Files.createDirectories(parent);
    staysInside(parent);
    Path blob = blob(file.blob());
    Path beside = parent.resolve(".%s.partial".formatted(UUID.randomUUID()));
    try {
      if (!link(beside, parent.relativize(blob))) {
        copy(blob, beside, fresh);
      }
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private boolean link(Path link, Path target) {
    if (!symlinks) {
      return false;
    }
    try {
      Files.createSymbolicLink(link, target);
      return true;
    } catch (UnsupportedOperationException | IOException e) {
      LOG.debug("no links here, so files are copied", e);
      return false;
    }
  }

  private static void copy(Path blob, Path target, boolean fresh) throws IOException {
    try {
      if (fresh) {
        Files.move(blob, target, StandardCopyOption.ATOMIC_MOVE);
        return;
      }
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      LOG.debug("content is copied, as it cannot be moved", e);
    }
    Files.copy(blob, target);
  }
}
