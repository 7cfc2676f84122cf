package dev.auscult.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Starts the command in a process of its own. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    StopSignal stop = StopSignal.onShutdown();
    CommandLine commands = Auscult.commandLine(stop);
    commands.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    int code = commands.execute(args);
    stop.finished();
    System.exit(code);
  }
}
