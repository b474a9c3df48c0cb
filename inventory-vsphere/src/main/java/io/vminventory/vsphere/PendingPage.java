package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A page of a read ({@code RetrieveResult} of the vim25 API) that the server has been asked for. It
 * names the next one before its objects, so that one is asked for at once, and the server makes it
 * while this one is decoded. Never more than that one: who reads slowly slows the server down. Used
 * by the session's thread.
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

  /** Asks for a page. */
  static PendingPage of(SoapSession session, ManagedObjectReference collector, SoapRequest request)
      throws IOException {
    return new PendingPage(session, collector, session.begin(request));
  }

  /**
   * Reads the page.
   *
   * @return the next one, empty if this was the last
   */
  Optional<PendingPage> read(VimClient.ObjectSink sink) throws IOException, InterruptedException {
    AtomicReference<@Nullable PendingPage> next = new AtomicReference<>();
    boolean whole = false;
    try {
      session.finish(
          exchange,
          result ->
              result.children(
                  part -> {
                    if (part.name().equals("objects")) {
                      sink.accept(ManagedObjectReader.read(part));
                    } else if (part.name().equals("token") && next.get() == null) {
                      next.set(following(part.text()));
                    }
                  }));
      whole = true;
      return Optional.ofNullable(next.get());
    } finally {
      PendingPage asked = next.get();
      if (!whole && asked != null) {
        asked.close();
      }
    }
  }

  private PendingPage following(String token) throws IOException {
    return of(
        session,
        collector,
        new SoapRequest("ContinueRetrievePropertiesEx", collector).with("token", token));
  }

  /** Gives the page up, unless it has been read. */
  @Override
  public void close() {
    session.giveUp(exchange);
  }
}
