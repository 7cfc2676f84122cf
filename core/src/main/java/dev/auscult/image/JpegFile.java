package dev.auscult.image;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The parts of a JPEG file (ITU-T T.81) that its pixels depend on. What the components mean is
 * decided here by the rules of libjpeg (JFIF marker, then Adobe marker, then component ids); the
 * platform's reader only undoes the compression. Profiles, thumbnails and texts never reach it.
 */
final class JpegFile {
  private static final int SOF_BASELINE = 0xc0;
  private static final int SOF_PROGRESSIVE = 0xc2;
  private static final int SOF_LAST = 0xcf;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int RST_FIRST = 0xd0;
  private static final int RST_LAST = 0xd7;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int APP_FIRST = 0xe0;
  private static final int APP_EXIF = 0xe1;
  private static final int APP_ADOBE = 0xee;
  private static final int APP_LAST = 0xef;
  private static final int COM = 0xfe;
  private static final int TEM = 0x01;
  private static final String JFIF_ID = "JFIF\0";
  private static final String EXIF_ID = "Exif\0\0";
  private static final String XMP_ID = "http://ns.adobe.com/xap/1.0/\0";
  private static final String ADOBE_ID = "Adobe";

  /** Every scan passes over the whole image; more of them are an attack, not a picture. */
  private static final int MAX_SCANS = 100;

  private final byte[] file;
  private final ByteArrayOutputStream essential = new ByteArrayOutputStream();
  private int at = 2;
  private int width;
  private int height;
  private int[] ids = {};
  private long firstBlocks;
  private boolean jfif;
  private int adobeTransform = -1;
  private Optional<Orientation> exif = Optional.empty();
  private Optional<Orientation> xmp = Optional.empty();
  private int scans;
  private long codedBytes;
  private boolean ended;

  private JpegFile(byte[] file) {
    this.file = file;
  }

  /** Reads up to the frame header. */
  static JpegFile open(byte[] file) throws ImageFormatException {
    JpegFile jpeg = new JpegFile(file);
    while (jpeg.ids.length == 0) {
      jpeg.takeNext();
    }
    return jpeg;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The upright pixels; the caller has checked their number. */
  RgbImage decode() throws ImageFormatException {
    while (!ended) {
      takeNext();
    }
    checkPlausibility();
    byte[] samples =
        PlatformReader.read("JPEG", essential(), reader -> samples(reader.readRaster(0, null)));
    byte[] rgb =
        switch (ids.length) {
          case 1 -> JpegColours.grayToRgb(samples);
          case 3 -> isYcc() ? JpegColours.yccToRgb(samples) : samples;
          default -> JpegColours.cmykToRgb(samples, isYcc());
        };
    return exif.or(() -> xmp).orElse(Orientation.UPRIGHT).apply(new RgbImage(width, height, rgb));
  }

  private byte[] samples(Raster raster) {
    byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
    if (samples.length != ids.length * width * height) {
      throw new IllegalStateException("not %d samples a pixel".formatted(ids.length));
    }
    return samples;
  }

  /** Whether the first three components are luminance and chrominance. */
  private boolean isYcc() {
    if (ids.length == 4) {
      return adobeTransform > 0;
    }
    if (jfif) {
      return true;
    }
    return adobeTransform >= 0
        ? adobeTransform != 0
        : !Arrays.equals(ids, new int[] {'R', 'G', 'B'});
  }

  /** The file without application segments but one, which leaves the reader nothing to guess. */
  private byte[] essential() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(essential.size() + 20);
    out.writeBytes(new byte[] {(byte) 0xff, (byte) SOI});
    if (ids.length > 1) {
      out.writeBytes(new byte[] {(byte) 0xff, (byte) APP_ADOBE, 0, 14});
      out.writeBytes(ADOBE_ID.getBytes(StandardCharsets.US_ASCII));
      byte transform = (byte) (isYcc() ? ids.length == 4 ? 2 : 1 : 0);
      out.writeBytes(new byte[] {0, 100, 0, 0, 0, 0, transform});
    }
    out.writeBytes(essential.toByteArray());
    out.writeBytes(new byte[] {(byte) 0xff, (byte) EOI});
    return out.toByteArray();
  }

  private int nextMarker() throws ImageFormatException {
    while (at < file.length && (file[at] & 0xff) != 0xff) {
      at++;
    }
    while (at < file.length && (file[at] & 0xff) == 0xff) {
      at++;
    }
    if (at >= file.length) {
      throw truncated();
    }
    return file[at++] & 0xff;
  }

  private void takeNext() throws ImageFormatException {
    int marker = nextMarker();
    if (marker == EOI) {
      ended = true;
      if (scans == 0) {
        throw damaged("no picture in it");
      }
    } else if (marker == SOI) {
      throw damaged("a second start of image");
    } else if (marker != TEM && marker != 0 && !isRestart(marker)) {
      takeSegment(marker);
    }
  }

  private void takeSegment(int marker) throws ImageFormatException {
    int start = at;
    int length = file.length - at < 2 ? 0 : uint16(at);
    if (length < 2 || length > file.length - at) {
      throw truncated();
    }
    at += length;
    if (marker >= APP_FIRST && marker <= APP_LAST) {
      takeApplicationData(marker, Arrays.copyOfRange(file, start + 2, at));
      return;
    }
    if (isFrame(marker)) {
      takeFrame(marker, start, length);
    }
    if (marker == SOS) {
      skipCodedData();
    }
    if (marker != COM) {
      essential.write(0xff);
      essential.write(marker);
      essential.write(file, start, at - start);
    }
  }

  private void takeApplicationData(int marker, byte[] content) {
    if (marker == APP_FIRST && startsWith(content, JFIF_ID)) {
      jfif = true;
    } else if (marker == APP_ADOBE && startsWith(content, ADOBE_ID) && content.length >= 12) {
      adobeTransform = content[11] & 0xff;
    } else if (marker == APP_EXIF && startsWith(content, EXIF_ID) && exif.isEmpty()) {
      exif = Orientation.fromExif(Arrays.copyOfRange(content, EXIF_ID.length(), content.length));
    } else if (marker == APP_EXIF && startsWith(content, XMP_ID) && xmp.isEmpty()) {
      xmp = Orientation.fromXmp(content);
    }
  }

  private static boolean isFrame(int marker) {
    return marker >= SOF_BASELINE
        && marker <= SOF_LAST
        && marker != DHT
        && marker != JPG
        && marker != DAC;
  }

  private void takeFrame(int marker, int start, int length) throws ImageFormatException {
    if (marker > SOF_PROGRESSIVE) {
      throw new ImageFormatException(
          "a lossless, hierarchical or arithmetic-coded JPEG image",
          "a baseline or progressive one");
    }
    if (ids.length > 0) {
      throw damaged("a second frame");
    }
    int count = length < 8 ? 0 : file[start + 7] & 0xff;
    if ((count != 1 && count != 3 && count != 4) || length != 8 + 3 * count) {
      throw damaged(count + " colour components");
    }
    if (file[start + 2] != 8) {
      throw new ImageFormatException(
          "a JPEG image of %d bits a sample".formatted(file[start + 2] & 0xff), "8 bits");
    }
    height = uint16(start + 3);
    width = uint16(start + 5);
    if (width == 0 || height == 0) {
      throw damaged("a size of %d x %d pixels".formatted(width, height));
    }
    takeComponents(start + 8, count);
  }

  private void takeComponents(int start, int count) throws ImageFormatException {
    ids = new int[count];
    int maxAcross = 1;
    int maxDown = 1;
    for (int i = 0; i < count; i++) {
      ids[i] = file[start + 3 * i] & 0xff;
      int across = (file[start + 3 * i + 1] >> 4) & 0xf;
      int down = file[start + 3 * i + 1] & 0xf;
      if (across < 1 || across > 4 || down < 1 || down > 4) {
        throw damaged("a sampling factor of %d x %d".formatted(across, down));
      }
      maxAcross = Math.max(maxAcross, across);
      maxDown = Math.max(maxDown, down);
    }
    int across = (file[start + 1] >> 4) & 0xf;
    int down = file[start + 1] & 0xf;
    firstBlocks = blocks(width, across, maxAcross) * blocks(height, down, maxDown);
  }

  /** Blocks of eight samples along one dimension of a component. */
  private static long blocks(int pixels, int factor, int maxFactor) {
    long samples = ((long) pixels * factor + maxFactor - 1) / maxFactor;
    return (samples + 7) / 8;
  }

  private void skipCodedData() throws ImageFormatException {
    if (++scans > MAX_SCANS) {
      throw damaged("more than " + MAX_SCANS + " scans");
    }
    int start = at;
    while (at < file.length - 1 && !endsCodedData(file[at], file[at + 1] & 0xff)) {
      at++;
    }
    if (at >= file.length - 1) {
      throw truncated();
    }
    codedBytes += at - start;
  }

  private static boolean endsCodedData(byte first, int second) {
    return first == (byte) 0xff && second != 0 && second != 0xff && !isRestart(second);
  }

  private static boolean isRestart(int marker) {
    return marker >= RST_FIRST && marker <= RST_LAST;
  }

  /** Each block takes at least one bit, so a small file cannot hold a huge image. */
  private void checkPlausibility() throws ImageFormatException {
    if (firstBlocks > 8 * codedBytes) {
      throw damaged("%d bytes of data for %d x %d pixels".formatted(codedBytes, width, height));
    }
  }

  private int uint16(int offset) {
    return ((file[offset] & 0xff) << 8) | (file[offset + 1] & 0xff);
  }

  private static boolean startsWith(byte[] content, String id) {
    byte[] expected = id.getBytes(StandardCharsets.US_ASCII);
    return content.length >= expected.length
        && Arrays.equals(content, 0, expected.length, expected, 0, expected.length);
  }

  private static ImageFormatException truncated() {
    return new ImageFormatException("a JPEG file that ends too early", "a complete JPEG image");
  }

  private static ImageFormatException damaged(String what) {
    return new ImageFormatException("a JPEG file with " + what, "a valid JPEG image");
  }
}
