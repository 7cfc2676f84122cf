package dev.auscult.report;

import dev.auscult.image.RgbImage;

/** Where the images of a page lie: inside of it, or in files beside it. */
@FunctionalInterface
interface ViewImages {
  /** Inside the page. */
  ViewImages EMBEDDED =
      image -> HtmlWriter.pngUri(PictureFormat.png(PictureFormat.buffered(image)));

  /** The address of an image for the page; the same for the same pixels. */
  String address(RgbImage image);
}
