package dev.auscult.cli;

import dev.auscult.balance.Shard;
import dev.auscult.base.InputException;
import dev.auscult.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of one finished shard of an audit, below the {@code --out} of its command.
 *
 * @param path the folder
 * @param shard which part it is
 * @param report its {@code result.json}
 */
record ShardFolder(Path path, Shard shard, JsonNode report) {
  /** The key under which configurations and results name the part. */
  static final String SHARD = "shard";

  /** The key of the command line in a shard's result. */
  static final String ARGUMENTS = "arguments";

  private static final Pattern NAME = Pattern.compile("shard-\\d+-of-\\d+");

  /** Where a shard's files are: several of one run may share {@code out}. */
  static Path below(Path out, Shard shard) {
    return out.resolve("shard-%d-of-%d".formatted(shard.index(), shard.count()));
  }

  static boolean isNamedLikeOne(Path file) {
    return NAME.matcher(String.valueOf(file.getFileName())).matches();
  }

  /** Whether a folder was begun by a shard. */
  static boolean isOne(Path folder) throws IOException {
    Path run = folder.resolve(OutputFolder.RUN);
    return Files.exists(run) && OutputFolder.read(run).path("config").has(SHARD);
  }

  /**
   * Reads a finished shard.
   *
   * @throws InputException if it is not finished
   */
  static ShardFolder open(Path folder) throws IOException {
    String label =
        OutputFolder.read(folder.resolve(OutputFolder.RUN)).path("config").path(SHARD).asString();
    Path report = folder.resolve(RunReport.FILE);
    if (!Files.exists(report)) {
      throw new InputException(
          folder.toString(),
          "shard " + label + ", which is not finished",
          "finished shards",
          "give the command of that shard again; it goes on where it was");
    }
    return new ShardFolder(folder, Shard.named(label), OutputFolder.read(report));
  }

  /** Every choice but which part it is. */
  JsonNode config() {
    ObjectNode config = ((ObjectNode) report.path("config")).deepCopy();
    config.remove(SHARD);
    return config;
  }

  /** The arguments of its command. */
  List<String> arguments() {
    return report.path("result").path(ARGUMENTS).valueStream().map(JsonNode::asString).toList();
  }
}
