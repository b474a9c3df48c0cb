package io.vminventory.vsphere;

import static java.util.stream.Collectors.joining;

import com.vmware.vim25.ManagedObjectReference;
import io.vminventory.api.Tenant;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One account's session on the wire, from its first call to its logout. One thread calls; {@link
 * #close()} from any ends the call under way and logs out.
 */
final class SoapSession implements AutoCloseable {

  /** How long the end of a session may take, whatever the server does. */
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final SoapClient soap;

  // guarded by this
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private @Nullable Exchange underWay;
  private @Nullable ManagedObjectReference sessionManager;
  private boolean closed;

  SoapSession(SoapClient soap) {
    this.soap = soap;
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
    try (Exchange exchange = begin(request)) {
      try {
        answer(exchange, result -> {});
      } catch (InterruptedException e) {
        keep(exchange.settle(FAREWELL));
        throw e;
      }
    } catch (SoapFault refused) {
      loggedInAt(null);
      throw refused.hiding(password);
    }
  }

  private synchronized void loggedInAt(@Nullable ManagedObjectReference manager) {
    sessionManager = manager;
  }

  /** Calls, and hands each {@code returnval} of the answer to the visitor. */
  void call(SoapRequest request, XmlWalker.Visitor result)
      throws IOException, InterruptedException {
    try (Exchange exchange = begin(request)) {
      answer(exchange, result);
    }
  }

  private synchronized Exchange begin(SoapRequest request) throws IOException {
    if (closed) {
      throw new IOException("the session is closed");
    }
    Exchange exchange = soap.send(request, cookieHeader());
    underWay = exchange;
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
    for (String cookie : set) {
      int equals = cookie.indexOf('=');
      if (equals > 0) {
        cookies.put(cookie.substring(0, equals), cookie.substring(equals + 1));
      }
    }
  }

  private synchronized String cookieHeader() {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(joining("; "));
  }

  /** Idempotent. Takes a few seconds at most, interrupted or not. */
  @Override
  public void close() {
    Exchange logout = null;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (underWay != null) {
        underWay.close();
      }
      if (sessionManager != null && !cookies.isEmpty()) {
        logout = soap.send(new SoapRequest("Logout", sessionManager), cookieHeader(), FAREWELL);
      }
    }
    if (logout != null) {
      logout.settle(FAREWELL);
      logout.close();
    }
  }
}
