package dev.auscult.checkpoint.hub;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * An answer after all redirects; its body is yet to be read.
 *
 * @param uri who answered in the end
 * @param status the status
 * @param headers of the last answer
 * @param linked of the answer that describes the file: the one with {@code X-Linked-Etag} if there
 *     was one on the way, else the last
 * @param body the bytes
 */
record HubResponse(URI uri, int status, HttpHeaders headers, HttpHeaders linked, Body body)
    implements AutoCloseable {

  /** A header of the last answer. */
  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** The host that answered, with its port if it is unusual. */
  String host() {
    return uri.getAuthority();
  }

  @Override
  public void close() {
    body.close();
  }
}
