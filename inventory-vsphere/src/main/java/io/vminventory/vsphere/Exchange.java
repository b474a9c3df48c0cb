package io.vminventory.vsphere;

import com.ctc.wstx.exc.WstxEOFException;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UnsupportedEncodingException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP request that was sent, and its response. One thread reads; any thread may {@link #close()}
 * it, which cancels it at once. All waits are bounded by {@link RequestTimeouts}, including those
 * for the JDK's client: it only completes the future, and never blocks the reading thread.
 */
final class Exchange implements AutoCloseable {

  private static final Optional<List<String>> NO_RESPONSE = Optional.empty();

  private final String operation;
  private final RequestTimeouts timeouts;
  private final int maxResponseMB;
  private final Deadline headEnd;
  private final CompletableFuture<HttpResponse<ResponseBody>> response;
  private volatile @Nullable ResponseBody body;
  private volatile boolean closed;

  // of the reading thread
  private @Nullable Deadline wholeEnd;

  /**
   * Sends the request.
   *
   * @param http {@code null} lets the exchange fail
   * @param maxResponseMB maximum length of the response, in MiB
   */
  Exchange(
      @Nullable HttpClient http,
      HttpRequest request,
      String operation,
      RequestTimeouts timeouts,
      int maxResponseMB) {
    this.operation = operation;
    this.timeouts = timeouts;
    this.maxResponseMB = maxResponseMB;
    this.headEnd = Deadline.in(timeouts.head());
    this.response =
        http == null
            ? CompletableFuture.failedFuture(new IOException("the provider is closed"))
            : http.sendAsync(request, head -> newBody());
  }

  private ResponseBody newBody() {
    ResponseBody created = new ResponseBody(timeouts.silence(), maxResponseMB);
    body = created;
    if (closed) {
      created.close();
    }
    return created;
  }

  /**
   * Waits until the response begins or the request fails, but not longer than this. The timeout of
   * the whole response does not run yet.
   *
   * @return whether there is something to read now
   * @throws HttpTimeoutException if the response should have begun by now
   */
  boolean await(Deadline end) throws IOException, InterruptedException {
    Deadline until = end.isBefore(headEnd) ? end : headEnd;
    try {
      response.get(until.nanosLeft(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (headEnd.nanosLeft() <= 0) {
        throw new HttpTimeoutException("no response in time");
      }
      return false;
    } catch (CancellationException | ExecutionException e) {
      return true;
    }
    return true;
  }

  /** The cookies that the response sets, as {@code name=value}; waits for the response's head. */
  List<String> cookies() throws IOException, InterruptedException {
    return cookies(head());
  }

  /** A header of the response, such as {@code Date}; waits for the response's head. */
  Optional<String> header(String name) throws IOException, InterruptedException {
    return head().headers().firstValue(name);
  }

  private static List<String> cookies(HttpResponse<ResponseBody> response) {
    return response.headers().allValues("Set-Cookie").stream()
        .map(cookie -> cookie.split(";", 2)[0].strip())
        .toList();
  }

  /**
   * Reads the whole response.
   *
   * @param decoder visits the one element within the SOAP body, the operation's response
   * @throws SoapFault if the response is a fault
   * @throws UnexpectedResponseException if it is not of the vim25 API
   * @throws IOException if it does not arrive in time, or not completely
   */
  void read(XmlWalker.Visitor decoder) throws IOException, InterruptedException {
    HttpResponse<ResponseBody> head = head();
    if (head.statusCode() != 200 && head.statusCode() != 500) {
      throw new UnexpectedResponseException(
          head.statusCode(), "it responds with HTTP status " + head.statusCode());
    }
    head.body().setDeadline(wholeEnd());
    SoapEnvelope envelope = new SoapEnvelope(operation, decoder);
    try {
      new XmlWalker(head.body()).document(envelope);
    } catch (XMLStreamException e) {
      throw translate(e, envelope.hasBody(), head.statusCode());
    } catch (InterruptedIOException e) {
      throw interrupted(e);
    }
    envelope.finish(head.statusCode());
  }

  /** The parser's messages quote the response, so they are not passed on. */
  private static IOException translate(XMLStreamException e, boolean hasBody, int status)
      throws InterruptedException {
    if (e.getCause() instanceof InterruptedIOException interrupt) {
      throw interrupted(interrupt);
    } else if (e.getCause() instanceof IOException io && !isInvalidText(io)) {
      return io;
    } else if (!hasBody) {
      return new UnexpectedResponseException(status, "its response is not SOAP");
    } else if (e instanceof WstxEOFException) {
      return new EOFException("the response ends before it is complete");
    }
    Location where = e.getLocation();
    return new UnexpectedResponseException(
        status,
        where == null
            ? "a part of its response is longer than any valid one"
            : "its response is broken XML at character " + where.getCharacterOffset());
  }

  /** Whether the bytes are not text, such as compressed ones. */
  private static boolean isInvalidText(IOException failure) {
    return failure instanceof CharConversionException
        || failure instanceof UnsupportedEncodingException;
  }

  private static InterruptedException interrupted(InterruptedIOException cause) {
    InterruptedException interrupted = new InterruptedException(cause.getMessage());
    interrupted.initCause(cause);
    return interrupted;
  }

  private HttpResponse<ResponseBody> head() throws IOException, InterruptedException {
    Deadline end = wholeEnd().isBefore(headEnd) ? wholeEnd() : headEnd;
    try {
      return response.get(end.nanosLeft(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no response in time");
    } catch (CancellationException e) {
      throw new IOException("the request was cancelled", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  private Deadline wholeEnd() {
    if (wholeEnd == null) {
      wholeEnd = Deadline.in(timeouts.whole());
    }
    return wholeEnd;
  }

  /**
   * Waits, interrupted or not, until the server has responded, but not longer than this.
   *
   * @return the cookies that the response sets; empty without a response, or if it is not SOAP
   */
  Optional<List<String>> awaitResponse(Duration atMost) {
    long nanos = Math.min(atMost.toNanos(), headEnd.nanosLeft());
    return response
        .thenApply(head -> isSoap(head) ? Optional.of(cookies(head)) : NO_RESPONSE)
        .completeOnTimeout(NO_RESPONSE, nanos, TimeUnit.NANOSECONDS)
        .exceptionally(failure -> NO_RESPONSE)
        .join();
  }

  /** Whether it is neither from an overloaded or starting server, nor from a captive portal. */
  private static boolean isSoap(HttpResponse<?> response) {
    return (response.statusCode() == 200 || response.statusCode() == 500)
        && response.headers().firstValue("Content-Type").filter(t -> t.contains("html")).isEmpty();
  }

  /** Cancels the request. Idempotent, never waits. */
  @Override
  public void close() {
    closed = true;
    response.cancel(true);
    ResponseBody started = body;
    if (started != null) {
      started.close();
    }
  }
}
