package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Downloads contents of one commit into the cache: goes on where an earlier attempt ended, asks
 * again where a connection breaks, and lets nothing into its place whose hash is wrong.
 */
final class BlobDownload {
  private static final int PARTIAL_CONTENT = 206;
  private static final int NO_SUCH_RANGE = 416;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

  private final HubConnection connection;
  private final RepositoryCache cache;
  private final Commit commit;
  private final HubReference reference;

  BlobDownload(
      HubConnection connection, RepositoryCache cache, HubReference reference, Commit commit) {
    this.connection = connection;
    this.cache = cache;
    this.reference = reference;
    this.commit = commit;
  }

  /** Counts the bytes of one file; a byte that comes twice counts once. */
  private static final class Meter {
    private final Progress.Task task;
    private long highest;
    private boolean rose;

    Meter(Progress.Task task, long counted) {
      this.task = task;
      this.highest = counted;
    }

    /** Says how many bytes there are. */
    void reach(long bytes) {
      long more = bytes - highest;
      if (more > 0) {
        highest = bytes;
        rose = true;
        task.advance(more);
      }
    }

    /** Whether there are more bytes than there ever were when this was last asked. */
    boolean hasRisen() {
      boolean answer = rose;
      rose = false;
      return answer;
    }
  }

  /**
   * Brings the content of {@code file} into the cache.
   *
   * @param counted how many of its bytes {@code task} has counted already
   * @return whether it came now; false if another process brought it meanwhile
   * @throws HubFailure if the hub cannot be reached or does not serve after several attempts; what
   *     has arrived is kept
   * @throws InputException if it serves something else, or the disk has no room
   */
  boolean fetch(HubFile file, long counted, Progress.Task task) throws HubFailure {
    Meter meter = new Meter(task, counted);
    Runnable busy = () -> task.status("waiting for another download of " + file.name());
    try (BlobLock lock = BlobLock.take(cache, file.blob(), connection.pulse(), busy)) {
      boolean missing = !cache.holds(file);
      if (missing) {
        download(file, meter, task);
      }
      meter.reach(file.size());
      return missing;
    }
  }

  private void download(HubFile file, Meter meter, Progress.Task task) throws HubFailure {
    PartialFile partial =
        DiskFailure.asked(cache.root(), () -> PartialFile.open(cache.partial(file.blob()), file));
    try {
      boolean inOnePiece = fill(partial, file, meter, task);
      String hash = partial.hash();
      if (!hash.equals(file.blob().hex()) && !inOnePiece) {
        onDisk(partial::restart);
        fill(partial, file, meter, task);
        hash = partial.hash();
      }
      if (!hash.equals(file.blob().hex())) {
        onDisk(partial::delete);
        throw altered(file, "content with the hash " + hash, file.blob().toString());
      }
      onDisk(() -> partial.moveTo(cache.blob(file.blob())));
    } finally {
      onDisk(partial::close);
    }
  }

  /** Gets all bytes that are missing; whether they came in one answer that began at the first. */
  private boolean fill(PartialFile partial, HubFile file, Meter meter, Progress.Task task)
      throws HubFailure {
    Retries retries = connection.retries(task::status);
    boolean inOnePiece = partial.size() == 0;
    while (!partial.isFull()) {
      try {
        transfer(partial, file, meter, task);
      } catch (HubFailure e) {
        inOnePiece = false;
        if (meter.hasRisen()) {
          retries.progressed();
        }
        retries.failed(e);
      }
    }
    return inOnePiece;
  }

  private void transfer(PartialFile partial, HubFile file, Meter meter, Progress.Task task)
      throws HubFailure {
    try (HubResponse answer = connection.open(commit, file, partial.size())) {
      task.status("");
      requireSameFile(answer, file);
      position(partial, answer, file);
      copy(partial, answer, file, meter);
    }
  }

  private void requireSameFile(HubResponse answer, HubFile file) {
    Optional<BlobId> offered = answer.linked().firstValue("X-Linked-Etag").flatMap(BlobId::ofTag);
    if (offered.isPresent() && !offered.get().equals(file.blob())) {
      throw altered(file, "an offer of " + offered.get(), file.blob().toString());
    }
    Optional<String> encoding = answer.header("Content-Encoding");
    if (encoding.isPresent() && !encoding.get().equalsIgnoreCase("identity")) {
      throw altered(file, "content compressed with " + encoding.get(), "the file as it is");
    }
  }

  /** Keeps what is there if the answer goes on from it, and throws it away if not. */
  private void position(PartialFile partial, HubResponse answer, HubFile file) throws HubFailure {
    long from = partial.size();
    if (answer.status() == PARTIAL_CONTENT && continues(answer, from, file.size())) {
      return;
    }
    onDisk(partial::restart);
    if (answer.status() == PARTIAL_CONTENT || answer.status() == NO_SUCH_RANGE) {
      throw HubFailure.broken(
          "an answer with other bytes than those from %d on".formatted(from), null);
    }
    requireLength(answer, file);
  }

  private static boolean continues(HubResponse answer, long from, long size) {
    Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range").orElse(""));
    return range.matches()
        && Long.parseLong(range.group(1)) == from
        && (range.group(2).equals("*") || Long.parseLong(range.group(2)) == size);
  }

  private void requireLength(HubResponse answer, HubFile file) {
    Optional<String> length = answer.header("Content-Length");
    if (length.isPresent() && !length.get().equals(Long.toString(file.size()))) {
      throw altered(file, length.get() + " bytes", file.size() + " bytes");
    }
  }

  private void copy(PartialFile partial, HubResponse answer, HubFile file, Meter meter)
      throws HubFailure {
    try {
      Optional<ByteBuffer> next = answer.body().next(connection.pulse());
      while (next.isPresent()) {
        append(partial, next.get(), file);
        meter.reach(partial.size());
        next = answer.body().next(connection.pulse());
      }
    } catch (IOException e) {
      throw HubFailure.network(answer.host(), e);
    }
    if (!partial.isFull()) {
      throw HubFailure.broken(
          "an answer that ends after %d of %d bytes".formatted(partial.size(), file.size()), null);
    }
  }

  private void append(PartialFile partial, ByteBuffer bytes, HubFile file) {
    if (bytes.remaining() > file.size() - partial.size()) {
      onDisk(partial::delete);
      throw altered(file, "more than %d bytes".formatted(file.size()), "as many, as the hub lists");
    }
    onDisk(() -> partial.append(bytes));
  }

  private InputException altered(HubFile file, String found, String expected) {
    return new InputException(
        "file %s of %s".formatted(file.name(), reference),
        found,
        expected,
        "repeat the command, which begins anew; if it happens again, a proxy or mirror alters files");
  }

  private void onDisk(DiskFailure.Deed deed) {
    DiskFailure.done(cache.root(), deed);
  }
}
