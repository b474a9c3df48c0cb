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
 * One request and its answer, under way. One thread reads; {@link #close()} from any ends it at
 * once. Nothing here waits longer than its {@link RequestTimeouts}.
 */
final class Exchange implements AutoCloseable {

  private static final Optional<List<String>> NOTHING = Optional.empty();

  private final String operation;
  private final RequestTimeouts timeouts;
  private final int maxResponseMB;
  private final Deadline headBy;
  private final CompletableFuture<HttpResponse<ResponseBody>> response;
  private volatile @Nullable ResponseBody body;
  private volatile boolean closed;

  // of the thread that reads
  private @Nullable Deadline wholeBy;

  Exchange(
      HttpClient http,
      HttpRequest request,
      String operation,
      RequestTimeouts timeouts,
      int maxResponseMB) {
    this.operation = operation;
    this.timeouts = timeouts;
    this.maxResponseMB = maxResponseMB;
    this.headBy = Deadline.in(timeouts.head());
    this.response = http.sendAsync(request, head -> newBody());
  }

  private ResponseBody newBody() {
    ResponseBody made = new ResponseBody(timeouts.silence(), maxResponseMB);
    body = made;
    if (closed) {
      made.close();
    }
    return made;
  }

  /**
   * Waits for the answer to begin, or to fail, but not longer than this. Time that nobody reads in
   * does not count against the answer.
   *
   * @return whether there is something to read now
   * @throws HttpTimeoutException if the answer should have begun by now
   */
  boolean await(Deadline end) throws IOException, InterruptedException {
    Deadline until = end.isBefore(headBy) ? end : headBy;
    try {
      response.get(until.nanosLeft(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (headBy.nanosLeft() <= 0) {
        throw new HttpTimeoutException("no answer came in time");
      }
      return false;
    } catch (CancellationException | ExecutionException e) {
      return true;
    }
    return true;
  }

  /** The cookies that the answer sets, as {@code name=value}; waits for the answer's head. */
  List<String> cookies() throws IOException, InterruptedException {
    return cookies(head());
  }

  /** A header of the answer, such as {@code Date}; waits for the answer's head. */
  Optional<String> header(String name) throws IOException, InterruptedException {
    return head().headers().firstValue(name);
  }

  private static List<String> cookies(HttpResponse<ResponseBody> answer) {
    return answer.headers().allValues("Set-Cookie").stream()
        .map(cookie -> cookie.split(";", 2)[0].strip())
        .toList();
  }

  /**
   * Reads the whole answer.
   *
   * @param decoder visits the one element within the SOAP body, the operation's response
   * @throws SoapFault if the answer is one
   * @throws UnexpectedResponseException if it is not of the vim25 API
   * @throws IOException if it does not come in time, or not completely
   */
  void read(XmlWalker.Visitor decoder) throws IOException, InterruptedException {
    HttpResponse<ResponseBody> answer = head();
    if (answer.statusCode() != 200 && answer.statusCode() != 500) {
      throw new UnexpectedResponseException(
          answer.statusCode(), "it answers with HTTP status " + answer.statusCode());
    }
    answer.body().endBy(readBy());
    SoapEnvelope envelope = new SoapEnvelope(operation, decoder);
    try {
      new XmlWalker(answer.body()).document(envelope);
    } catch (XMLStreamException e) {
      throw translate(e, envelope.begun(), answer.statusCode());
    } catch (InterruptedIOException e) {
      throw interrupted(e);
    }
    envelope.finish(answer.statusCode());
  }

  /** The parser's messages quote what came, so they are left behind. */
  private static IOException translate(XMLStreamException e, boolean begun, int status)
      throws InterruptedException {
    if (e.getCause() instanceof InterruptedIOException interrupt) {
      throw interrupted(interrupt);
    } else if (e.getCause() instanceof IOException io && !isOfTheText(io)) {
      return io;
    } else if (!begun) {
      return new UnexpectedResponseException(status, "its answer is not SOAP");
    } else if (e instanceof WstxEOFException) {
      return new EOFException("the answer ends before it is complete");
    }
    Location where = e.getLocation();
    return new UnexpectedResponseException(
        status,
        where == null
            ? "its answer has a part that is longer than any that means something"
            : "its answer is broken XML at character " + where.getCharacterOffset());
  }

  /** Whether bytes came that are no text, such as compressed ones. */
  private static boolean isOfTheText(IOException failure) {
    return failure instanceof CharConversionException
        || failure instanceof UnsupportedEncodingException;
  }

  private static InterruptedException interrupted(InterruptedIOException cause) {
    InterruptedException interrupted = new InterruptedException(cause.getMessage());
    interrupted.initCause(cause);
    return interrupted;
  }

  private HttpResponse<ResponseBody> head() throws IOException, InterruptedException {
    Deadline end = readBy().isBefore(headBy) ? readBy() : headBy;
    try {
      return response.get(end.nanosLeft(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no answer came in time");
    } catch (CancellationException e) {
      throw new IOException("the request was given up", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  private Deadline readBy() {
    if (wholeBy == null) {
      wholeBy = Deadline.in(timeouts.whole());
    }
    return wholeBy;
  }

  /**
   * Waits, interrupted or not, until the server has answered, but not longer than this.
   *
   * @return the cookies that the answer sets; empty without an answer, or if it is not SOAP
   */
  Optional<List<String>> settle(Duration atMost) {
    long nanos = Math.min(atMost.toNanos(), headBy.nanosLeft());
    return response
        .thenApply(answer -> isSoap(answer) ? Optional.of(cookies(answer)) : NOTHING)
        .completeOnTimeout(NOTHING, nanos, TimeUnit.NANOSECONDS)
        .exceptionally(failure -> NOTHING)
        .join();
  }

  /** Neither a server that is overloaded or starting up, nor a captive portal. */
  private static boolean isSoap(HttpResponse<?> answer) {
    return (answer.statusCode() == 200 || answer.statusCode() == 500)
        && answer.headers().firstValue("Content-Type").filter(t -> t.contains("html")).isEmpty();
  }

  /** Gives up whatever is not there yet. Idempotent, never waits. */
  @Override
  public void close() {
    closed = true;
    response.cancel(true);
    ResponseBody begun = body;
    if (begun != null) {
      begun.close();
    }
  }
}
