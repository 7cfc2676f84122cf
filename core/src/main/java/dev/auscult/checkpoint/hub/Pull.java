package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.ShardIndex;
import dev.auscult.checkpoint.WeightChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One pull: from the listing of a repository to its files on the disk. */
final class Pull {
  private final HubConnection connection;
  private final RepositoryCache cache;
  private final HubReference reference;
  private final RepositoryListing listing;
  private final Progress progress;
  private final BlobDownload download;
  private long downloadedBytes;
  private int downloadedFiles;

  Pull(
      HubConnection connection,
      RepositoryCache cache,
      HubReference reference,
      RepositoryListing listing,
      Progress progress) {
    this.connection = connection;
    this.cache = cache;
    this.reference = reference;
    this.listing = listing;
    this.progress = progress;
    this.download = new BlobDownload(connection, cache, reference, listing.commit());
  }

  /**
   * Makes the wanted files lie in the cache, weights last, and only then notes the commit as that
   * of the revision.
   */
  HubSnapshot run(FileSelection selection) throws HubFailure {
    List<HubFile> wanted = new ArrayList<>();
    for (String name : wantedNames(selection)) {
      wanted.add(file(name));
    }
    bring(wanted, progress);
    cache.noteAbsent(
        listing.commit(),
        Checkpoint.CONFIGURATION_FILES.stream()
            .filter(name -> !listing.names().contains(name))
            .toList());
    cache.remember(listing.commit());
    return new HubSnapshot(
        reference,
        listing.commit(),
        cache.snapshot(listing.commit()),
        wanted.stream().map(file -> new HubSnapshot.Entry(file.name(), file.size())).toList(),
        downloadedBytes,
        downloadedFiles);
  }

  private Set<String> wantedNames(FileSelection selection) throws HubFailure {
    if (selection.isExact()) {
      return new LinkedHashSet<>(selection.exactly());
    }
    Set<String> names = new LinkedHashSet<>(selection.configurations(listing.names()));
    String weights =
        FileSelection.weights(listing.names(), reference)
            .orElseThrow(() -> FileSelection.noWeights(listing.names(), reference));
    names.add(weights);
    if (WeightChoice.isIndex(weights)) {
      names.addAll(shards(weights));
    }
    names.addAll(selection.beside());
    return names;
  }

  /** The files that an index names; for that it is brought first. */
  private List<String> shards(String index) throws HubFailure {
    bring(List.of(file(index)), Progress.NONE);
    Path file = cache.snapshot(listing.commit()).resolve(index);
    return ShardIndex.read(file).shards().stream()
        .map(shard -> String.valueOf(shard.getFileName()))
        .toList();
  }

  private HubFile file(String name) throws HubFailure {
    Optional<HubFile> listed = listing.files().get(name);
    if (listed == null) {
      throw new InputException(
          "model " + reference,
          "no file \"%s\" at commit %s".formatted(name, listing.commit()),
          "one of its %d files".formatted(listing.names().size()),
          "check the name, as it stands on the repository's page");
    }
    return listed.isPresent() ? listed.get() : connection.describe(listing.commit(), name);
  }

  private void bring(List<HubFile> wanted, Progress shown) throws HubFailure {
    List<HubFile> missing =
        wanted.stream().filter(file -> !cache.holds(listing.commit(), file)).toList();
    if (missing.isEmpty()) {
      return;
    }
    onDisk(cache::prepare);
    List<HubFile> absent = missing.stream().filter(file -> !cache.holds(file)).toList();
    for (HubFile file : missing) {
      if (!absent.contains(file)) {
        onDisk(() -> cache.place(listing.commit(), file, false));
      }
    }
    if (!absent.isEmpty()) {
      downloadAll(absent, shown);
    }
  }

  private void downloadAll(List<HubFile> absent, Progress shown) throws HubFailure {
    long total = saturatedSum(absent.stream().map(HubFile::size).toList());
    List<Long> there = absent.stream().map(this::partOf).toList();
    long done = saturatedSum(there);
    requireRoom(total - done);
    try (Progress.Task task = shown.beginBytes(reference.toString(), total, done)) {
      for (int i = 0; i < absent.size(); i++) {
        HubFile file = absent.get(i);
        boolean fresh = download.fetch(file, there.get(i), task);
        if (fresh) {
          downloadedFiles++;
          downloadedBytes += file.size() - there.get(i);
        }
        onDisk(() -> cache.place(listing.commit(), file, fresh));
      }
    }
  }

  /** How many bytes of a file an earlier pull has left. */
  private long partOf(HubFile file) {
    Path partial = cache.partial(file.blob());
    try {
      return Files.exists(partial) ? Math.min(Files.size(partial), file.size()) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private void requireRoom(long wanted) {
    long free =
        DiskFailure.asked(cache.root(), () -> Files.getFileStore(cache.folder()).getUsableSpace());
    DiskFailure.requireRoom(cache.root(), wanted, free);
  }

  private static long saturatedSum(List<Long> sizes) {
    long sum = 0;
    for (long size : sizes) {
      sum = sum > Long.MAX_VALUE - size ? Long.MAX_VALUE : sum + size;
    }
    return sum;
  }

  private void onDisk(DiskFailure.Deed deed) {
    DiskFailure.done(cache.root(), deed);
  }
}
