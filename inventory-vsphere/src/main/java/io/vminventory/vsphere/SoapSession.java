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
 * Session of one account at the level of SOAP, from its first call to its logout. One thread calls,
 * and reads one response after the other. Any thread may call {@link #close()}, which cancels the
 * running calls and logs out.
 */
final class SoapSession implements AutoCloseable {

  /** How long the server may take to cancel a wait, before the session logs out. */
  private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(1);

  private final SoapClient soap;
  private final LogoutQueue logouts;
  private final Runnable onClose;

  // guarded by this
  private final Cookies cookies = new Cookies();
  private final Set<Exchange> exchanges = new HashSet<>();
  private @Nullable SoapRequest cancellation;
  private @Nullable ManagedObjectReference sessionManager;
  private boolean closed;

  /**
   * @param onClose called once, when the session is closed
   */
  SoapSession(SoapClient soap, LogoutQueue logouts, Runnable onClose) {
    this.soap = soap;
    this.logouts = logouts;
    this.onClose = onClose;
  }

  /**
   * Logs in. From here on {@link #close()} logs out, provided that the server has sent the
   * session's cookie. If the thread is interrupted while the server checks the password, the server
   * opens the session nevertheless, so this method waits a short time for the cookie.
   */
  void login(ManagedObjectReference manager, Tenant tenant)
      throws IOException, InterruptedException {
    String password = tenant.password().reveal();
    SoapRequest request =
        new SoapRequest("Login", manager)
            .with("userName", tenant.username())
            .with("password", password);
    setSessionManager(manager);
    Exchange exchange = begin(request);
    try {
      readResponse(exchange, result -> {});
    } catch (InterruptedException e) {
      storeCookies(exchange.awaitResponse(LogoutQueue.LOGOUT_TIMEOUT).orElse(List.of()));
      throw e;
    } catch (SoapFault refused) {
      setSessionManager(null);
      throw refused.redact(password);
    } finally {
      cancel(exchange);
    }
  }

  private synchronized void setSessionManager(@Nullable ManagedObjectReference manager) {
    sessionManager = manager;
  }

  /** Makes a call, and passes each {@code returnval} of the response to the visitor. */
  void call(SoapRequest request, XmlWalker.Visitor result)
      throws IOException, InterruptedException {
    finish(begin(request), result);
  }

  /** Begins a call; end it by {@link #finish} or {@link #cancel}. */
  synchronized Exchange begin(SoapRequest request) throws IOException {
    return register(soap.send(request, cookieHeader()));
  }

  /**
   * Begins a call that the server may hold back; otherwise as {@link #begin(SoapRequest)}.
   *
   * @param cancel cancels the call on the server, if the session is closed before
   * @param wait how long the server may hold back the response
   */
  synchronized Exchange begin(SoapRequest request, SoapRequest cancel, Duration wait)
      throws IOException {
    Exchange exchange = register(soap.sendWait(request, cookieHeader(), wait));
    cancellation = cancel;
    return exchange;
  }

  /** Ends a call that has begun; otherwise as {@link #call}. */
  void finish(Exchange exchange, XmlWalker.Visitor result)
      throws IOException, InterruptedException {
    try {
      readResponse(exchange, result);
    } finally {
      cancel(exchange);
    }
  }

  /** Ends a call whose response is not needed any more. Idempotent. */
  synchronized void cancel(Exchange exchange) {
    exchanges.remove(exchange);
    exchange.close();
  }

  /** Call this with the lock held. */
  private Exchange register(Exchange exchange) throws IOException {
    if (closed) {
      exchange.close();
      throw new IOException("the session is closed");
    }
    exchanges.add(exchange);
    cancellation = null;
    return exchange;
  }

  private void readResponse(Exchange exchange, XmlWalker.Visitor result)
      throws IOException, InterruptedException {
    storeCookies(exchange.cookies());
    exchange.read(
        response ->
            response.children(
                part -> {
                  if (part.name().equals("returnval")) {
                    result.visit(part);
                  }
                }));
  }

  private synchronized void storeCookies(List<String> set) {
    cookies.store(set);
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
      exchanges.forEach(Exchange::close);
    }
    ManagedObjectReference manager = manager();
    if (manager != null && !cookieHeader().isEmpty()) {
      logouts.withPermit(
          () -> {
            if (cancel != null) {
              cancelOnServer(cancel);
            }
            logouts.logout(manager, cookieHeader());
          });
    }
    onClose.run();
  }

  private synchronized @Nullable ManagedObjectReference manager() {
    return sessionManager;
  }

  private void cancelOnServer(SoapRequest request) {
    try (Exchange exchange = soap.send(request, cookieHeader(), CANCEL_TIMEOUT)) {
      Optional<List<String>> unused = exchange.awaitResponse(CANCEL_TIMEOUT);
    }
  }
}
