package dev.auscult.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands in this process, as the launcher would. */
final class Cli {
  /** A checkpoint of a few kilobytes with everything a model needs. */
  static final Path MODEL =
      Path.of("..", "core", "src", "test", "resources", "dev", "auscult", "model", "clip")
          .resolve("complete");

  private Cli() {}

  /**
   * What a command left behind.
   *
   * @param code the exit code
   * @param out all of stdout
   * @param err all of stderr
   */
  record Outcome(int code, String out, String err) {

    /** Stdout as JSON. */
    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }
  }

  /** Runs one command. */
  static Outcome run(Object... arguments) {
    return runUntil(new StopSignal(), arguments);
  }

  /** Runs one command that {@code stop} may interrupt. */
  static Outcome runUntil(StopSignal stop, Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands = Auscult.commandLine(stop);
    commands.setOut(new PrintWriter(out));
    commands.setErr(new PrintWriter(err));
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    int code = commands.execute(words);
    return new Outcome(code, out.toString(), err.toString());
  }

  /** A signal that is raised at the given step of the first long task. */
  static StopSignal stopAtStep(int step) {
    return new StopSignal() {
      private int steps;

      @Override
      void check() {
        if (++steps == step) {
          request();
        }
        super.check();
      }
    };
  }
}
