package dev.auscult.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Its name is fixed; its work comes with the model zoo. */
@Command(name = "pull", header = "Download a model (comes with the model zoo).")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ModelsPullCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "M", description = "The model.")
  String model;

  @Mixin(name = "common")
  CommonOptions common;

  @Override
  public Integer call() {
    throw ModelZoo.absent(spec, "download the model's files into a folder and name that");
  }
}
