package dev.auscult.cli;

import dev.auscult.data.SharedPatients;
import dev.auscult.study.StudyData;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What opening an output folder adds to a disk, so that it can be taken away again.
 *
 * @param folder the output folder
 * @param locks files that were not there before
 * @param created folders that were not there before, the deepest first
 */
record FolderTraces(Path folder, List<Path> locks, List<Path> created) {

  /** What is written before anything is computed, and would be written alike again. */
  private static final Set<String> PLANS =
      Set.of(StudyData.PLAN, StudyData.PLAN_NOTES, SkippedFile.NAME);

  /** Copies the lists. */
  FolderTraces {
    locks = List.copyOf(locks);
    created = List.copyOf(created);
  }

  /**
   * Before the folder is made.
   *
   * @param locks names of files that will be made in it and mean nothing
   */
  static FolderTraces before(Path folder, String... locks) {
    List<Path> missing = new ArrayList<>();
    Path at = folder.toAbsolutePath();
    while (at != null && !Files.exists(at)) {
      missing.add(at);
      at = at.getParent();
    }
    List<Path> files =
        Stream.of(locks).map(folder::resolve).filter(file -> !Files.exists(file)).toList();
    return new FolderTraces(folder, files, missing);
  }

  /** Takes away the locks, and the folders if nothing is in them. */
  void remove() throws IOException {
    for (Path lock : locks) {
      Files.deleteIfExists(lock);
    }
    try {
      for (Path one : created) {
        Files.deleteIfExists(one);
      }
    } catch (DirectoryNotEmptyException e) {
      // Something is kept there, and in every folder above.
    }
  }

  /**
   * Takes away what a run that began here left, if it kept nothing: its claim and folders without a
   * file. A list of patients that explains why it was refused stays.
   *
   * @param claims the names of the files that say whose folder this is
   */
  void withdraw(Set<String> claims) throws IOException {
    Set<Path> passing = new HashSet<>();
    Stream.concat(claims.stream(), PLANS.stream()).map(folder::resolve).forEach(passing::add);
    Path explanation = folder.resolve(SharedPatients.FILE);
    List<Path> contents;
    try (Stream<Path> all = Files.walk(folder)) {
      contents =
          all.filter(file -> !file.equals(folder) && !file.equals(explanation))
              .sorted(Comparator.reverseOrder())
              .toList();
    }
    if (contents.stream().allMatch(file -> Files.isDirectory(file) || passing.contains(file))) {
      for (Path file : contents) {
        Files.delete(file);
      }
      remove();
    }
  }
}
