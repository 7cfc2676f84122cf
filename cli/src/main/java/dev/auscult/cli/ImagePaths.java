package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.data.FileImageSource;
import dev.auscult.embed.ImageItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The images behind the paths of {@code --images}: files, and folders with all they contain. */
final class ImagePaths {
  /** Kinds that cannot be read yet are named all the same: they are reported, not overlooked. */
  private static final Set<String> ENDINGS =
      Set.of("png", "jpg", "jpeg", "jpe", "gif", "bmp", "tif", "tiff", "webp", "dcm");

  private ImagePaths() {}

  /**
   * Lists images, folders recursively and sorted by name. An image's id is its path below the
   * folder given, or its file name; where several paths are given, the path as it was given.
   *
   * @throws InputException if a path does not exist or a folder holds no image
   */
  static List<ImageItem> list(List<Path> paths) throws IOException {
    Map<String, ImageItem> items = new LinkedHashMap<>();
    for (Path path : paths) {
      for (Path file : files(path)) {
        String id = id(paths.size() > 1 ? file : below(path, file));
        items.putIfAbsent(id, new ImageItem(id, new FileImageSource(file, id)));
      }
    }
    return new ArrayList<>(items.values());
  }

  private static List<Path> files(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new InputException(
          "--images " + path, "no such file or folder", "an image or a folder", "check the path");
    }
    try (Stream<Path> found = Files.walk(path)) {
      List<Path> images =
          found.filter(Files::isRegularFile).filter(ImagePaths::isImage).sorted().toList();
      if (images.isEmpty()) {
        throw new InputException(
            "--images " + path,
            "a folder without images",
            "files that end in .png, .jpg or .jpeg",
            "check the path");
      }
      return images;
    }
  }

  private static boolean isImage(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static Path below(Path path, Path file) {
    return path.equals(file) ? file.getFileName() : path.relativize(file);
  }

  private static String id(Path path) {
    return path.toString().replace('\\', '/');
  }
}
