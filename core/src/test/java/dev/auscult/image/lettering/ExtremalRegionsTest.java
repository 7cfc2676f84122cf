package dev.auscult.image.lettering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.Seed;
import dev.auscult.image.RgbImage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExtremalRegionsTest {
  private static final int WIDTH = 17;
  private static final int HEIGHT = 13;

  @Test
  void everyRegionIsWhatFloodingFromItsPixelFinds() {
    for (int round = 0; round < 20; round++) {
      GrayPlane plane = noise(new Seed(900 + round));
      ExtremalRegions regions = ExtremalRegions.of(plane);

      regions.forEach(
          region -> {
            Flood flood = Flood.from(region, plane);
            assertThat(regions.area(region)).isEqualTo(flood.area);
            assertThat(regions.edges(region)).isEqualTo(flood.edges);
            assertThat(regions.box(region)).isEqualTo(flood.box);
            assertThat(regions.level(region)).isEqualTo(flood.least);
          });
    }
  }

  @Test
  void theNextLargerRegionIsThatOfTheNextLowerLevelThatAddsPixels() {
    ExtremalRegions regions = ExtremalRegions.of(noise(new Seed(7)));

    regions.forEach(
        region -> {
          int larger = regions.parent(region);
          if (larger == region) {
            assertThat(regions.area(region)).isEqualTo(WIDTH * HEIGHT);
          } else {
            assertThat(regions.level(larger)).isLessThan(regions.level(region));
            assertThat(regions.area(larger)).isGreaterThan(regions.area(region));
          }
        });
  }

  /** Few levels, so that regions have many pixels. */
  private static GrayPlane noise(Seed seed) {
    SplittableRandom random = seed.random();
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      byte level = (byte) (40 * random.nextInt(5));
      rgb[3 * i] = level;
      rgb[3 * i + 1] = level;
      rgb[3 * i + 2] = level;
    }
    return GrayPlane.of(new RgbImage(WIDTH, HEIGHT, rgb));
  }

  private record Flood(int area, int edges, int least, Box box) {

    static Flood from(int pixel, GrayPlane plane) {
      boolean[] in = new boolean[WIDTH * HEIGHT];
      Deque<Integer> open = new ArrayDeque<>();
      in[pixel] = true;
      open.add(pixel);
      int area = 0;
      int least = 255;
      Box box = new Box(pixel % WIDTH, pixel / WIDTH, 1, 1);
      while (!open.isEmpty()) {
        int at = open.remove();
        area++;
        least = Math.min(least, plane.at(at));
        box = box.union(new Box(at % WIDTH, at / WIDTH, 1, 1));
        for (int other = 0; other < in.length; other++) {
          boolean touches =
              Math.abs(other % WIDTH - at % WIDTH) <= 1
                  && Math.abs(other / WIDTH - at / WIDTH) <= 1;
          if (touches && !in[other] && plane.at(other) >= plane.at(pixel)) {
            in[other] = true;
            open.add(other);
          }
        }
      }
      return new Flood(area, edges(in), least, box);
    }

    private static int edges(boolean[] in) {
      int edges = 0;
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          if (in[y * WIDTH + x]) {
            edges += x == 0 || !in[y * WIDTH + x - 1] ? 1 : 0;
            edges += x == WIDTH - 1 || !in[y * WIDTH + x + 1] ? 1 : 0;
            edges += y == 0 || !in[(y - 1) * WIDTH + x] ? 1 : 0;
            edges += y == HEIGHT - 1 || !in[(y + 1) * WIDTH + x] ? 1 : 0;
          }
        }
      }
      return edges;
    }
  }
}
