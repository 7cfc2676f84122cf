package dev.auscult.data;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of a data set; no image is ever read from outside of it. */
final class DatasetFolder {
  private static final Pattern SEPARATORS = Pattern.compile("[/\\\\]");
  private static final Pattern ROOTED = Pattern.compile("^([/\\\\]|[A-Za-z]:).*", Pattern.DOTALL);

  private final Path folder;
  private final Path real;
  private final Map<String, Optional<ImageSource>> known = new HashMap<>();

  private DatasetFolder(Path folder, Path real) {
    this.folder = folder;
    this.real = real;
  }

  /**
   * A folder that must exist.
   *
   * @throws InputException if it does not
   */
  static DatasetFolder of(Path folder) {
    try {
      Path real = folder.toRealPath();
      if (Files.isDirectory(real)) {
        return new DatasetFolder(folder, real);
      }
    } catch (IOException e) {
      throw new InputException(
          folder.toString(), "no such folder", "a data set's folder", "check the path", e);
    }
    throw new InputException(
        folder.toString(), "a file", "a data set's folder", "name the folder it is in");
  }

  /** The file of a name in this folder, which need not exist. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** Whether a file of this name is in this folder. */
  boolean has(String name) {
    return Files.isRegularFile(folder.resolve(name));
  }

  /** Whether a subfolder of this name ({@code "name/"}) is in this folder; {@code ""} is. */
  boolean hasFolder(String name) {
    return Files.isDirectory(folder.resolve(name));
  }

  /**
   * Where entries of the given names are: in this folder itself ({@code ""}) or in a direct
   * subfolder ({@code "name/"}), the first by name; empty if in none. Archives unpack to folders of
   * varying names.
   */
  Optional<String> holding(String... names) {
    return Stream.concat(Stream.of(""), subfolders().stream())
        .filter(
            prefix -> Arrays.stream(names).anyMatch(n -> Files.exists(folder.resolve(prefix + n))))
        .findFirst();
  }

  private List<String> subfolders() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName() + "/")
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputException(
          folder.toString(), "a folder that cannot be listed", "a readable one", "check it", e);
    }
  }

  /** The names of the files in a subfolder that end in {@code suffix}, numbers in their order. */
  List<String> files(String subfolder, String suffix) {
    try (Stream<Path> entries = Files.list(folder.resolve(subfolder))) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> name.endsWith(suffix))
          .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
          .toList();
    } catch (IOException e) {
      throw new InputException(
          folder.resolve(subfolder).toString(),
          "a folder that cannot be listed",
          "a readable one",
          "check it",
          e);
    }
  }

  /** The first of several images that exists. */
  Optional<ImageSource> firstImage(List<String> relatives, String where) {
    return relatives.stream()
        .map(relative -> image(relative, where))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * An image by its path relative to the folder; empty if there is no such file.
   *
   * @param where what messages name: the manifest and its line
   * @throws InputException if the path is absolute, climbs with {@code ..}, or leads out of the
   *     folder by a symbolic link
   */
  Optional<ImageSource> image(String relative, String where) {
    Optional<ImageSource> seen = known.get(relative);
    if (seen == null) {
      seen = locate(relative, where);
      known.put(relative, seen);
    }
    return seen;
  }

  private Optional<ImageSource> locate(String relative, String where) {
    if (ROOTED.matcher(relative).matches()) {
      throw leaves(where, relative, "an absolute path");
    }
    for (String part : SEPARATORS.split(relative, -1)) {
      if (part.equals("..")) {
        throw leaves(where, relative, "a path that climbs with ..");
      }
    }
    try {
      Path file = folder.resolve(relative);
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      if (!file.toRealPath().startsWith(real)) {
        throw leaves(where, relative, "a link out of the folder");
      }
      return Files.isRegularFile(file)
          ? Optional.of(new FileImageSource(file, relative))
          : Optional.empty();
    } catch (InvalidPathException | IOException e) {
      return Optional.empty();
    }
  }

  private InputException leaves(String where, String relative, String what) {
    return new InputException(
        where,
        what + " (" + relative + ")",
        "a path relative to " + folder + " that stays inside",
        "copy the image into the folder and name it relative to it");
  }
}
