package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Page of a read ({@code RetrieveResult} of the vim25 API) that was requested. It names the next
 * page before its objects, so that page is requested at once, and the server prepares it while this
 * one is decoded. Never more than that one, so that a slow reader slows the server down. For the
 * session's thread.
 */
final class PendingPage implements AutoCloseable {

  private final SoapSession session;
  private final ManagedObjectReference collector;
  private final Exchange exchange;

  private PendingPage(SoapSession session, ManagedObjectReference collector, Exchange exchange) {
    this.session = session;
    this.collector = collector;
    this.exchange = exchange;
  }

  /** Requests a page. */
  static PendingPage of(SoapSession session, ManagedObjectReference collector, SoapRequest request)
      throws IOException {
    return new PendingPage(session, collector, session.begin(request));
  }

  /**
   * Reads the page.
   *
   * @return the next page, empty if this was the last
   */
  Optional<PendingPage> read(VimClient.ObjectSink sink) throws IOException, InterruptedException {
    AtomicReference<@Nullable PendingPage> next = new AtomicReference<>();
    boolean complete = false;
    try {
      session.finish(
          exchange,
          result ->
              result.children(
                  part -> {
                    if (part.name().equals("objects")) {
                      sink.accept(ManagedObjectReader.read(part));
                    } else if (part.name().equals("token") && next.get() == null) {
                      next.set(requestNext(part.text()));
                    }
                  }));
      complete = true;
      return Optional.ofNullable(next.get());
    } finally {
      PendingPage requested = next.get();
      if (!complete && requested != null) {
        requested.close();
      }
    }
  }

  private PendingPage requestNext(String token) throws IOException {
    return of(
        session,
        collector,
        new SoapRequest("ContinueRetrievePropertiesEx", collector).with("token", token));
  }

  /** Cancels the request, unless the page has been read. */
  @Override
  public void close() {
    session.cancel(exchange);
  }
}
