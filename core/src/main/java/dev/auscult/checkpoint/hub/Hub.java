package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Hugging Face hub, or a mirror of it, in front of the cache on this disk. What the cache holds
 * is used; what it lacks is downloaded.
 */
public final class Hub {
  private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

  private final HubSettings settings;

  /** A hub with the given settings. */
  public Hub(HubSettings settings) {
    this.settings = settings;
  }

  /** The hub that the environment names. */
  public static Hub fromEnvironment() {
    return new Hub(HubSettings.fromEnvironment());
  }

  /**
   * Makes a model's files lie on this disk. A commit that the cache holds is taken from there
   * without asking the hub. The commit of a branch or tag is asked for; if nobody answers, the one
   * that the cache knows is taken, with a warning in the log.
   *
   * @param selection which files
   * @param progress is told of the bytes that arrive, and may end the download; what has arrived is
   *     kept, and the next call goes on from there
   * @return where the files lie
   * @throws InputException if there is no such model, it may not be read, the hub cannot be reached
   *     and the cache does not have it, the hub serves something else than it lists, or the disk
   *     cannot take it
   */
  public HubSnapshot pull(HubReference reference, FileSelection selection, Progress progress) {
    RepositoryCache cache = new RepositoryCache(settings, reference);
    Optional<CachedSnapshot> cached =
        cache.commit().flatMap(commit -> CachedSnapshot.find(cache, reference, commit));
    if (reference.isPinned()) {
      Optional<CachedSnapshot> complete = cached.filter(there -> there.isComplete(selection));
      if (complete.isPresent()) {
        return complete.get().snapshot(selection);
      }
    }
    Optional<CachedSnapshot> usable = cached.filter(there -> there.isUsable(selection));
    if (settings.offline()) {
      return usable.map(there -> there.snapshot(selection)).orElseThrow(() -> offline(reference));
    }
    HubConnection connection =
        new HubConnection(
            settings, reference, progress::check, remark -> LOG.warn("{}: {}", reference, remark));
    return pull(connection, reference, selection, progress, cache, usable);
  }

  private HubSnapshot pull(
      HubConnection connection,
      HubReference reference,
      FileSelection selection,
      Progress progress,
      RepositoryCache cache,
      Optional<CachedSnapshot> usable) {
    RepositoryListing listing;
    try {
      listing = connection.list();
    } catch (HubFailure e) {
      if (usable.isEmpty()) {
        throw e.explained("model " + reference);
      }
      LOG.warn("{}: {}; using the copy in the cache", reference, e.found());
      return usable.get().snapshot(selection);
    }
    try {
      return new Pull(connection, cache, reference, listing, progress).run(selection);
    } catch (HubFailure e) {
      throw e.explained("model " + reference);
    }
  }

  private InputException offline(HubReference reference) {
    return new InputException(
        "model " + reference,
        "nothing of it in the cache %s that could be loaded, and HF_HUB_OFFLINE forbids to download"
            .formatted(settings.cache()),
        "the model's files",
        "unset HF_HUB_OFFLINE and run 'auscult models pull %s' once".formatted(reference));
  }
}
