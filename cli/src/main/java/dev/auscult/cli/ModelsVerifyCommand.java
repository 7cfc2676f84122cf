package dev.auscult.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Its name is fixed; its work comes with the model zoo. */
@Command(
    name = "verify",
    header = "Compare a model with published values (comes with the model zoo).")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ModelsVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "M", description = "The model.")
  String model;

  @Mixin(name = "common")
  CommonOptions common;

  @Override
  public Integer call() {
    throw ModelZoo.absent(spec, "'auscult models inspect' shows its hashes");
  }
}
