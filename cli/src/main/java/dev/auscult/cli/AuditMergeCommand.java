package dev.auscult.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Joins the shards of an audit. */
@Command(
    name = "merge",
    header = "Join the shards of an audit into what one run would have written.",
    description = {
      "",
      "Models and data are read again, from where the shards read them, but no sample is audited"
          + " again; --quality, which needs all samples, is done now. All shards must be finished and"
          + " of the same models, data and options.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  auscult audit --model phantom --data phantom --task isa --out parts --shard 1/2",
      "  auscult audit --model phantom --data phantom --task isa --out parts --shard 2/2",
      "  auscult audit merge parts --out audit",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AuditMergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "Folders that audits with --shard wrote.")
  private List<Path> folders;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for results.")
  private Path out;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    ShardFolders shards = ShardFolders.find(folders);
    CommandLine undivided = Auscult.commandLine(common.stop());
    undivided.setOut(spec.commandLine().getOut());
    undivided.setErr(spec.commandLine().getErr());
    ParseResult parsed = undivided.parseArgs(shards.undivided(out).toArray(String[]::new));
    AuditCommand audit = (AuditCommand) parsed.subcommand().commandSpec().userObject();
    return audit.join(shards, common.console());
  }
}
