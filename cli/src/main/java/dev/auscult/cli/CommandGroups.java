package dev.auscult.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists the commands by what a person wants to do. */
final class CommandGroups {
  private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("Start here:", List.of("demo"));
    GROUPS.put(
        "Look inside a model:",
        List.of(
            "audit",
            "overlay",
            "find-text",
            "evaluate",
            "card",
            "features",
            "retrieve",
            "prompts"));
    GROUPS.put("Use a model:", List.of("embed", "classify", "search", "models"));
    GROUPS.put("Adapt a model:", List.of("adapt", "study", "sketches"));
    GROUPS.put("Make a model, make data:", List.of("pretrain", "phantom"));
  }

  private CommandGroups() {}

  /** Replaces the flat list in the help of {@code commands}. */
  static void showIn(CommandLine commands) {
    Set<String> missing = new TreeSet<>(commands.getSubcommands().keySet());
    GROUPS.values().forEach(missing::removeAll);
    if (!missing.isEmpty()) {
      throw new IllegalStateException("commands without a group in the help: " + missing);
    }
    commands.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    commands
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroups::list);
  }

  private static String list(Help help) {
    StringBuilder text = new StringBuilder();
    GROUPS.forEach(
        (heading, names) -> text.append("%n%s%n".formatted(heading)).append(table(help, names)));
    return text.toString();
  }

  private static String table(Help help, List<String> names) {
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(), new Column(12, 2, Overflow.SPAN), new Column(88, 1, Overflow.WRAP));
    for (String name : names) {
      Help command = help.subcommands().get(name);
      if (command != null) {
        String[] header = command.commandSpec().usageMessage().header();
        table.addRowValues(
            help.colorScheme().commandText(name),
            help.colorScheme().text(String.join(" ", header)));
      }
    }
    return table.toString();
  }
}
