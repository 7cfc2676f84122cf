package dev.auscult.checkpoint.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A hub on this machine: repositories, their listings, and a store of large files on another port,
 * to which it redirects as the real one does. Any answer can be replaced by a bad one.
 */
final class HubServer implements AutoCloseable {
  static final String REPOSITORY = "clinic/tiny";
  private static final int LARGE = 2000;

  /** Answers a request in its own way. */
  @FunctionalInterface
  interface Reply {
    void answer(HttpExchange exchange) throws IOException;
  }

  /** What was asked. */
  record Request(String server, String method, String path, Map<String, String> headers) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
  }

  private final HttpServer hub;
  private final HttpServer store;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile String revision = "main";

  HubServer() {
    hub = start("hub", this::answerHub);
    store = start("store", this::answerStore);
  }

  private HttpServer start(String name, Reply handler) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext(
          "/",
          exchange -> {
            requests.add(request(name, exchange));
            try (exchange) {
              handler.answer(exchange);
            }
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Request request(String server, HttpExchange exchange) {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return new Request(
        server, exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), headers);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
  }

  URI storeAddress() {
    return URI.create("http://127.0.0.1:" + store.getAddress().getPort());
  }

  /** Adds a file to the repository; what is large lies in the store. */
  HubServer file(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  HubServer file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes a file out of the repository. */
  HubServer remove(String name) {
    files.remove(name);
    return this;
  }

  /** The repository has this branch or tag instead of {@code main}. */
  HubServer revision(String name) {
    revision = name;
    return this;
  }

  /** Answers the next requests for a file, or for {@code listing}, in other ways. */
  HubServer next(String file, Reply... bad) {
    replies.computeIfAbsent(file, name -> new ArrayDeque<>()).addAll(List.of(bad));
    return this;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The requests for one file at the hub or at the store. */
  List<Request> requestsFor(String server, String file) {
    String end = server.equals("store") ? "/" + blob(file).hex() : "/" + file;
    return requests.stream()
        .filter(request -> request.server().equals(server) && request.path().endsWith(end))
        .toList();
  }

  void forgetRequests() {
    requests.clear();
  }

  /** The commit: a hash of all that the repository holds. */
  Commit commit() {
    MessageDigest digest = digest("SHA-1");
    files.forEach(
        (name, content) -> {
          digest.update(name.getBytes(StandardCharsets.UTF_8));
          digest.update(content);
        });
    return new Commit(HexFormat.of().formatHex(digest.digest()));
  }

  byte[] content(String file) {
    return Objects.requireNonNull(files.get(file), file);
  }

  BlobId blob(String file) {
    byte[] content = content(file);
    MessageDigest digest = digest(isLarge(content) ? "SHA-256" : "SHA-1");
    if (!isLarge(content)) {
      digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
    }
    return BlobId.of(HexFormat.of().formatHex(digest.digest(content))).orElseThrow();
  }

  private static boolean isLarge(byte[] content) {
    return content.length > LARGE;
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<Reply> special(String file) {
    Deque<Reply> waiting = replies.getOrDefault(file, new ArrayDeque<>());
    synchronized (waiting) {
      return Optional.ofNullable(waiting.poll());
    }
  }

  private void answerHub(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String api = "/api/models/" + REPOSITORY + "/revision/";
    String resolve = "/" + REPOSITORY + "/resolve/" + commit() + "/";
    if (path.startsWith(api)) {
      special("listing").orElse(e -> list(e, path.substring(api.length()))).answer(exchange);
    } else if (path.startsWith(resolve)) {
      String name = URLDecoder.decode(path.substring(resolve.length()), StandardCharsets.UTF_8);
      special(name).orElse(e -> resolve(e, name)).answer(exchange);
    } else {
      error(exchange, 404, "RepoNotFound");
    }
  }

  private void list(HttpExchange exchange, String asked) throws IOException {
    String wanted = URLDecoder.decode(asked, StandardCharsets.UTF_8);
    if (!wanted.equals(revision) && !wanted.equals(commit().hex())) {
      error(exchange, 404, "RevisionNotFound");
      return;
    }
    send(exchange, 200, listing().getBytes(StandardCharsets.UTF_8));
  }

  String listing() {
    StringBuilder siblings = new StringBuilder();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String hex = blob(file.getKey()).hex();
      int size = file.getValue().length;
      siblings.append(siblings.isEmpty() ? "" : ",");
      siblings.append(
          isLarge(file.getValue())
              ? "{\"rfilename\":\"%s\",\"size\":%d,\"blobId\":\"%s\",\"lfs\":{\"sha256\":\"%s\",\"size\":%d,\"pointerSize\":134}}"
                  .formatted(file.getKey(), size, "0".repeat(40), hex, size)
              : "{\"rfilename\":\"%s\",\"size\":%d,\"blobId\":\"%s\"}"
                  .formatted(file.getKey(), size, hex));
    }
    return "{\"id\":\"%s\",\"sha\":\"%s\",\"gated\":false,\"siblings\":[%s]}"
        .formatted(REPOSITORY, commit(), siblings);
  }

  private void resolve(HttpExchange exchange, String name) throws IOException {
    byte[] content = files.get(name);
    if (content == null) {
      error(exchange, 404, "EntryNotFound");
      return;
    }
    exchange.getResponseHeaders().set("X-Repo-Commit", commit().hex());
    if (isLarge(content)) {
      exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + blob(name).hex() + "\"");
      exchange.getResponseHeaders().set("X-Linked-Size", Integer.toString(content.length));
      redirect(exchange, storeAddress() + "/" + blob(name).hex() + "?signature=secret");
    } else {
      serve(exchange, content, blob(name).hex());
    }
  }

  private void answerStore(HttpExchange exchange) throws IOException {
    String hex = exchange.getRequestURI().getRawPath().substring(1);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (blob(file.getKey()).hex().equals(hex)) {
        special("store:" + file.getKey())
            .orElse(e -> serve(e, file.getValue(), "etag-of-the-store"))
            .answer(exchange);
        return;
      }
    }
    error(exchange, 404, "");
  }

  /** Sends a file or the part of it that is asked for. */
  static void serve(HttpExchange exchange, byte[] content, String tag) throws IOException {
    exchange.getResponseHeaders().set("ETag", "\"" + tag + "\"");
    String range = exchange.getRequestHeaders().getFirst("Range");
    String condition = exchange.getRequestHeaders().getFirst("If-Range");
    if (range == null || (condition != null && !condition.equals("\"" + tag + "\""))) {
      send(exchange, 200, content);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    send(exchange, 206, Arrays.copyOfRange(content, from, content.length));
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
    }
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  static void redirect(HttpExchange exchange, String target) throws IOException {
    exchange.getResponseHeaders().set("Location", target);
    exchange.sendResponseHeaders(302, -1);
  }

  static void error(HttpExchange exchange, int status, String code) throws IOException {
    if (!code.isEmpty()) {
      exchange.getResponseHeaders().set("X-Error-Code", code);
    }
    send(exchange, status, "{\"error\":\"no\"}".getBytes(StandardCharsets.UTF_8));
  }

  static Reply status(int status) {
    return exchange -> error(exchange, status, "");
  }

  static Reply refusal(int status, String code) {
    return exchange -> error(exchange, status, code);
  }

  static Reply redirect(String target) {
    return exchange -> redirect(exchange, target);
  }

  static Reply body(String text) {
    return exchange -> send(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends the part that is asked for and drops the connection after some of its bytes. */
  Reply cutAfter(String file, int bytes) {
    return exchange -> {
      byte[] content = content(file);
      String range = exchange.getRequestHeaders().getFirst("Range");
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
      if (range != null) {
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
      }
      exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
      OutputStream out = exchange.getResponseBody();
      out.write(content, from, bytes);
      out.flush();
      pause(); // so that the bytes arrive before the end does
    };
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    hub.stop(0);
    store.stop(0);
    threads.shutdownNow();
  }
}
