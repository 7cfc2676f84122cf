package dev.auscult.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Commands whose names are fixed already and whose work comes with the model zoo. */
final class ModelZoo {
  private ModelZoo() {}

  /** Says that this version cannot do it, and what to do instead. */
  static ParameterException absent(CommandSpec spec, String instead) {
    return new ParameterException(
        spec.commandLine(),
        "'%s' comes with the model zoo and does not exist in this version; %s"
            .formatted(spec.qualifiedName(), instead));
  }
}
