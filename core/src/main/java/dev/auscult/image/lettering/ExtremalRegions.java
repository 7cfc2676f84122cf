package dev.auscult.image.lettering;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * All connected sets of pixels that are at least as bright as some level, as a tree: the set of a
 * lower level holds those of higher levels (Matas et al. 2002, maximally stable extremal regions;
 * the tree by union-find as in Berger et al. 2007). Letters are sets that keep their outline over
 * many levels.
 *
 * <p>A region is named by one of its pixels. Pixels that touch by side or corner are connected.
 */
final class ExtremalRegions {
  private final GrayPlane plane;
  private final int width;

  /** Pixels from bright to dark. */
  private final int[] order;

  private final int[] parent;
  private final int[] area;
  private final int[] edges;
  private final short[] left;
  private final short[] right;
  private final short[] top;
  private final short[] bottom;

  private ExtremalRegions(GrayPlane plane) {
    this.plane = plane;
    this.width = plane.width();
    int pixels = width * plane.height();
    this.order = new int[pixels];
    this.parent = new int[pixels];
    this.area = new int[pixels];
    this.edges = new int[pixels];
    this.left = new short[pixels];
    this.right = new short[pixels];
    this.top = new short[pixels];
    this.bottom = new short[pixels];
  }

  /** The regions of a plane of at most 32,767 pixels a side. */
  static ExtremalRegions of(GrayPlane plane) {
    ExtremalRegions regions = new ExtremalRegions(plane);
    regions.sort();
    regions.join();
    regions.shorten();
    return regions;
  }

  /** Counting sort. */
  private void sort() {
    int[] next = new int[257];
    for (int i = 0; i < order.length; i++) {
      next[256 - plane.at(i)]++;
    }
    for (int i = 1; i < next.length; i++) {
      next[i] += next[i - 1];
    }
    for (int i = 0; i < order.length; i++) {
      order[next[255 - plane.at(i)]++] = i;
    }
  }

  private void join() {
    int[] root = new int[order.length];
    Arrays.fill(root, -1);
    for (int pixel : order) {
      start(pixel, root);
      int x = pixel % width;
      int y = pixel / width;
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          boolean inside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < plane.height();
          int neighbour = pixel + dy * width + dx;
          if (inside && neighbour != pixel && root[neighbour] >= 0) {
            edges[pixel] -= dx * dy == 0 ? 2 : 0;
            int other = find(root, neighbour);
            if (other != pixel) {
              root[other] = pixel;
              parent[other] = pixel;
              absorb(pixel, other);
            }
          }
        }
      }
    }
  }

  /** Lets every pixel lead to a whole region in one step, from the darkest on. */
  private void shorten() {
    for (int i = order.length - 1; i >= 0; i--) {
      int next = parent[order[i]];
      if (plane.at(parent[next]) == plane.at(next)) {
        parent[order[i]] = parent[next];
      }
    }
  }

  private void start(int pixel, int[] root) {
    root[pixel] = pixel;
    parent[pixel] = pixel;
    area[pixel] = 1;
    edges[pixel] += 4;
    left[pixel] = (short) (pixel % width);
    right[pixel] = left[pixel];
    top[pixel] = (short) (pixel / width);
    bottom[pixel] = top[pixel];
  }

  private static int find(int[] root, int pixel) {
    int found = pixel;
    while (root[found] != found) {
      found = root[found];
    }
    for (int at = pixel; root[at] != found; ) {
      int next = root[at];
      root[at] = found;
      at = next;
    }
    return found;
  }

  private void absorb(int into, int from) {
    area[into] += area[from];
    edges[into] += edges[from];
    left[into] = (short) Math.min(left[into], left[from]);
    right[into] = (short) Math.max(right[into], right[from]);
    top[into] = (short) Math.min(top[into], top[from]);
    bottom[into] = (short) Math.max(bottom[into], bottom[from]);
  }

  /** Names every region, those of high levels first. */
  void forEach(IntConsumer action) {
    for (int pixel : order) {
      if (isWhole(pixel)) {
        action.accept(pixel);
      }
    }
  }

  /** Whether all pixels of its level are in it. */
  private boolean isWhole(int pixel) {
    return parent[pixel] == pixel || plane.at(parent[pixel]) < plane.at(pixel);
  }

  /** The next larger region; the region itself where it is the whole plane. */
  int parent(int region) {
    return parent[region];
  }

  /** The level of its darkest pixel. */
  int level(int region) {
    return plane.at(region);
  }

  /** How many pixels it has. */
  int area(int region) {
    return area[region];
  }

  /** How many sides of pixels it ends at. */
  int edges(int region) {
    return edges[region];
  }

  /** The columns it extends over. */
  int width(int region) {
    return right[region] - left[region] + 1;
  }

  /** The rows it extends over. */
  int height(int region) {
    return bottom[region] - top[region] + 1;
  }

  /** The smallest box around it. */
  Box box(int region) {
    return new Box(left[region], top[region], width(region), height(region));
  }

  /** Whether another region ends at most {@code slack} pixels farther out on any side. */
  boolean keepsOutline(int region, int larger, int slack) {
    return left[region] - left[larger] <= slack
        && right[larger] - right[region] <= slack
        && top[region] - top[larger] <= slack
        && bottom[larger] - bottom[region] <= slack;
  }
}
