package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.base.InterruptedRunException;
import dev.auscult.base.UnwrittenFileException;
import dev.auscult.base.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Every failure as one line on stderr; the stack trace only with {@code --debug}. */
final class RunErrors implements IExecutionExceptionHandler {
  /** The shell's code for a process that Ctrl-C ended. */
  static final int INTERRUPTED = 130;

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    Optional<CommonOptions> options = CommonOptions.of(command);
    if (options.map(CommonOptions::debug).orElse(false)) {
      failure.printStackTrace(err);
    }
    err.println("auscult: " + oneLine(describe(failure)));
    if (failure instanceof UsageException) {
      return ExitCode.USAGE;
    }
    return failure instanceof InterruptedRunException ? INTERRUPTED : ExitCode.SOFTWARE;
  }

  /** Says what is wrong with the arguments, and which command was perhaps meant. */
  static int wrongUsage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    if (CommonOptions.of(command).map(CommonOptions::debug).orElse(false)) {
      failure.printStackTrace(err);
    }
    err.println("auscult: " + oneLine(String.valueOf(failure.getMessage())));
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  private static String describe(Exception failure) {
    if (failure instanceof InputException) {
      return String.valueOf(failure.getMessage());
    }
    if (failure instanceof InterruptedRunException) {
      return "interrupted: " + failure.getMessage();
    }
    Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    if (cause instanceof FileSystemException file) {
      return describeFile(file);
    }
    if (cause instanceof IOException) {
      return "reading or writing failed: " + cause.getMessage() + "; --debug shows where";
    }
    return "unexpected failure: " + failure + "; --debug shows where; please report it";
  }

  private static String describeFile(FileSystemException failure) {
    if (failure instanceof UnwrittenFileException) {
      return "%s: found a file that cannot be written (%s); %s; %s"
          .formatted(
              failure.getFile(),
              failure.getReason(),
              "expected a writable folder with enough space",
              "free space and give the same command again: what is finished is kept");
    }
    String reason =
        failure instanceof NoSuchFileException
            ? "no such file or folder"
            : failure instanceof AccessDeniedException
                ? "permission denied"
                : String.valueOf(failure.getReason());
    return failure.getFile() + ": " + reason;
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
