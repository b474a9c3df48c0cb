package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import io.vminventory.api.Tenant;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One account's session on the wire, from its first call to its logout. One thread calls, and reads
 * one answer after the other; {@link #close()} from any ends the calls under way and logs out.
 */
final class SoapSession implements AutoCloseable {

  /** How long the server may take to give a wait up, before it is told of the logout. */
  private static final Duration CANCELLATION = Duration.ofSeconds(1);

  private final SoapClient soap;
  private final LogoutQueue logouts;
  private final Runnable ended;

  // guarded by this
  private final Cookies cookies = new Cookies();
  private final Set<Exchange> underWay = new HashSet<>();
  private @Nullable SoapRequest cancellation;
  private @Nullable ManagedObjectReference sessionManager;
  private boolean closed;

  /**
   * @param ended called once, when the session is closed
   */
  SoapSession(SoapClient soap, LogoutQueue logouts, Runnable ended) {
    this.soap = soap;
    this.logouts = logouts;
    this.ended = ended;
  }

  /**
   * Logs in. From here on {@link #close()} logs out, provided that the server had the time to say
   * which session that is. The thread may be interrupted while the server checks the password; it
   * opens the session nevertheless, so a short time is spent on learning which one.
   */
  void login(ManagedObjectReference manager, Tenant tenant)
      throws IOException, InterruptedException {
    String password = tenant.password().reveal();
    SoapRequest request =
        new SoapRequest("Login", manager)
            .with("userName", tenant.username())
            .with("password", password);
    loggedInAt(manager);
    Exchange exchange = begin(request);
    try {
      answer(exchange, result -> {});
    } catch (InterruptedException e) {
      keep(exchange.settle(LogoutQueue.FAREWELL).orElse(List.of()));
      throw e;
    } catch (SoapFault refused) {
      loggedInAt(null);
      throw refused.hiding(password);
    } finally {
      giveUp(exchange);
    }
  }

  private synchronized void loggedInAt(@Nullable ManagedObjectReference manager) {
    sessionManager = manager;
  }

  /** Calls, and hands each {@code returnval} of the answer to the visitor. */
  void call(SoapRequest request, XmlWalker.Visitor result)
      throws IOException, InterruptedException {
    finish(begin(request), result);
  }

  /** Begins a call, to be ended by {@link #finish} or {@link #giveUp}. */
  synchronized Exchange begin(SoapRequest request) throws IOException {
    return underWay(soap.send(request, cookieHeader()));
  }

  /**
   * Begins a call that the server may answer late; the rest is as with {@link #begin(SoapRequest)}.
   *
   * @param cancel what makes the server give it up, if the session is closed before
   * @param wait how late the answer may come
   */
  synchronized Exchange begin(SoapRequest request, SoapRequest cancel, Duration wait)
      throws IOException {
    Exchange exchange = underWay(soap.sendWait(request, cookieHeader(), wait));
    cancellation = cancel;
    return exchange;
  }

  /** Ends a call; the rest is as with {@link #call}. */
  void finish(Exchange exchange, XmlWalker.Visitor result)
      throws IOException, InterruptedException {
    try {
      answer(exchange, result);
    } finally {
      giveUp(exchange);
    }
  }

  /** Ends a call whose answer nobody reads any further. Idempotent. */
  synchronized void giveUp(Exchange exchange) {
    underWay.remove(exchange);
    exchange.close();
  }

  /** Call it with the lock held. */
  private Exchange underWay(Exchange exchange) throws IOException {
    if (closed) {
      exchange.close();
      throw new IOException("the session is closed");
    }
    underWay.add(exchange);
    cancellation = null;
    return exchange;
  }

  private void answer(Exchange exchange, XmlWalker.Visitor result)
      throws IOException, InterruptedException {
    keep(exchange.cookies());
    exchange.read(
        response ->
            response.children(
                part -> {
                  if (part.name().equals("returnval")) {
                    result.visit(part);
                  }
                }));
  }

  private synchronized void keep(List<String> set) {
    cookies.keep(set);
  }

  private synchronized String cookieHeader() {
    return cookies.header();
  }

  /** Idempotent. Takes a few seconds at most, interrupted or not. */
  @Override
  public void close() {
    @Nullable SoapRequest cancel;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      cancel = cancellation;
      underWay.forEach(Exchange::close);
    }
    ManagedObjectReference manager = manager();
    if (manager != null && !cookieHeader().isEmpty()) {
      logouts.inTurn(
          () -> {
            if (cancel != null) {
              cancel(cancel);
            }
            logouts.logOut(manager, cookieHeader());
          });
    }
    ended.run();
  }

  private synchronized @Nullable ManagedObjectReference manager() {
    return sessionManager;
  }

  private void cancel(SoapRequest request) {
    try (Exchange exchange = soap.send(request, cookieHeader(), CANCELLATION)) {
      Optional<List<String>> unused = exchange.settle(CANCELLATION);
    }
  }
}
