package dev.auscult.balance;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.data.Dataset.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The rows that one shard of an audit left when it finished.
 *
 * @param folder that holds them
 * @param shard which part of the audit
 * @param lines where each sample's line is
 * @param skipped samples without a result and why
 */
public record ShardRows(Path folder, Shard shard, AttributionIndex lines, List<Skipped> skipped) {
  /** Copies the list. */
  public ShardRows {
    skipped = List.copyOf(skipped);
  }

  /**
   * Reads the rows of a finished shard.
   *
   * @param audit identifies models, data and configuration of the whole audit
   * @throws InputException if the folder holds the rows of another audit or part, or unfinished
   *     ones
   * @throws IOException if it cannot be read
   */
  public static ShardRows open(Path folder, Shard shard, ContentHash audit) throws IOException {
    Path lines = folder.resolve(AuditRows.LINES);
    Path skipped = folder.resolve(AuditRows.SKIPPED);
    if (!Files.exists(lines) || !Files.exists(skipped)) {
      throw new InputException(
          folder.toString(),
          "rows that are not finished",
          "a finished shard",
          "give the command of shard " + shard.label() + " again");
    }
    String found = Files.readString(folder.resolve(AuditRows.FINGERPRINT)).strip();
    if (!found.equals(shard.fingerprint(audit).hex())) {
      throw new InputException(
          folder.toString(),
          "the rows of another audit",
          "shard %s of the same models, data and options".formatted(shard.label()),
          "give the command of that shard again, with another --out");
    }
    AttributionIndex index =
        AttributionIndex.of(lines, line -> name(line.model(), line.preset()), line -> {});
    return new ShardRows(folder, shard, index, SampleTable.readSkipped(skipped));
  }

  private static String name(String model, String preset) {
    return model + '\n' + preset;
  }

  /**
   * What was found of a sample; empty if it was left out with a reason.
   *
   * @throws InputException if there is neither a result nor a reason
   */
  Optional<SampleBalance> find(String model, Preset preset, String id) {
    Optional<SampleBalance> found = lines.find(name(model, preset.label()), id);
    if (found.isEmpty() && skipped.stream().noneMatch(entry -> entry.id().equals(id))) {
      throw new InputException(
          folder.toString(),
          "nothing of sample " + id,
          "all samples of shard " + shard.label(),
          "give the command of that shard again");
    }
    return found;
  }
}
