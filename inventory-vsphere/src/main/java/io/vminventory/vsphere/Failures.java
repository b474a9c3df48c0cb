package io.vminventory.vsphere;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.server.ServerTimeouts;
import io.vminventory.api.server.UntrustedServerException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Says what a failure of one server means and what to do about it. Nothing else in this package
 * decides that.
 *
 * @param server {@code host:port}
 * @param timeouts of its requests
 */
record Failures(String server, ServerTimeouts timeouts) {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int DEEPEST_CAUSE = 20;

  /** What it means that a call failed for an account. */
  InventoryException of(IOException failure, String username) {
    if (failure instanceof SoapFault fault) {
      return fault(fault, username);
    } else if (failure instanceof UnexpectedResponseException strange) {
      return strange(strange);
    } else if (failure instanceof IncompleteReadException incomplete) {
      return unavailable(
          "did not tell everything: "
              + incomplete.getMessage()
              + "; nothing is concluded from that",
          incomplete);
    }
    Optional<ResponseTooLargeException> oversized = cause(failure, ResponseTooLargeException.class);
    if (oversized.isPresent()) {
      return misconfigured(
          "sent an answer of more than the "
              + oversized.get().limitMB()
              + " MiB that max-answer-mb allows, of which nothing was taken; lower page-size, or raise"
              + " max-answer-mb",
          failure);
    }
    Optional<UntrustedServerException> untrusted = UntrustedServerException.findIn(failure);
    if (untrusted.isPresent()) {
      return misconfigured(untrusted.get().problem() + "; " + untrusted.get().remedy(), failure);
    } else if (cause(failure, HttpConnectTimeoutException.class).isPresent()) {
      return unavailable(
          "accepts no connection within "
              + text(timeouts.connect())
              + "; check host and firewall, or raise connect-timeout",
          failure);
    } else if (cause(failure, HttpTimeoutException.class).isPresent()) {
      return unavailable(
          "said nothing for "
              + text(timeouts.silence())
              + ", or not everything within "
              + text(timeouts.request())
              + "; if it is only slow, raise silence-timeout and request-timeout, or lower"
              + " page-size",
          failure);
    } else if (cause(failure, UnresolvedAddressException.class).isPresent()
        || cause(failure, UnknownHostException.class).isPresent()) {
      return unavailable(
          "cannot be resolved to an address; check the vCenter's host setting and the DNS",
          failure);
    } else if (cause(failure, ConnectException.class).isPresent()) {
      return unavailable(
          "refuses connections; check host and port, and whether the vCenter runs", failure);
    } else if (tlsRefused(failure)) {
      return misconfigured(
          "does not agree on TLS with this client; check that the port is the https port of a"
              + " vCenter that speaks TLS 1.2 or newer",
          failure);
    }
    return unavailable("broke the connection off before its answer was complete", failure);
  }

  /** What it means that a server has no UUID of its own. */
  InventoryException notAVCenter(String version) {
    return misconfigured(
        "is no vCenter but "
            + (version.isEmpty() ? "something else" : "'" + version + "'")
            + " (it has no instanceUuid, as an ESXi host has none); set host to the vCenter that"
            + " manages it",
        null);
  }

  /** What it means that an account has a name or password that cannot be sent. */
  InventoryException unspeakable(String username) {
    return new InventoryException(
        Failure.DENIED,
        "the account '"
            + Texts.quote(username)
            + "' cannot log in to "
            + server
            + ": its user name or password has a control character; correct the Secret");
  }

  /** What it means that an account was refused a short time ago, and is not tried again yet. */
  InventoryException resting(String username, Duration left) {
    return new InventoryException(
        Failure.DENIED,
        "vCenter "
            + server
            + " has refused the account '"
            + Texts.quote(username)
            + "' with this password; it is not tried again for "
            + text(Duration.ofSeconds(left.toSeconds() + 1))
            + ", because accounts lock; correct user name and password");
  }

  /** What it means that there are as many sessions as this server may have. */
  InventoryException tooManySessions(int most) {
    return unavailable(
        "has all of the "
            + most
            + " sessions that max-sessions allows; raise it, or let tenants use sync: Interval",
        null);
  }

  private InventoryException fault(SoapFault fault, String username) {
    String account = "the account '" + Texts.quote(username) + "'";
    if (fault.is(SoapFault.NOT_AUTHENTICATED)) {
      return unavailable("has ended the session of " + account + "; log in again", fault);
    } else if (fault.is(SoapFault.GONE)) {
      return unavailable(
          "has forgotten what the session of "
              + account
              + " was reading with, as after a restart; log in again",
          fault);
    } else if (fault.is("RequestCanceled")) {
      return unavailable("cancelled a request of " + account + "; try again", fault);
    } else if (fault.refusesTheAccount()) {
      String remedy =
          fault.is(SoapFault.NO_PERMISSION)
              ? "; give it at least the Read-only role where its machines are"
              : "; correct user name and password (several tries may lock the account)";
      return new InventoryException(
          Failure.DENIED,
          "vCenter " + server + " refuses " + account + " (" + fault.name() + ")" + remedy,
          fault);
    }
    String name = Texts.quote(fault.name());
    return new InventoryException(
        Failure.INTERNAL,
        "vCenter "
            + server
            + " failed with "
            + (name.isEmpty() ? "an unnamed fault" : name)
            + ": "
            + Texts.quote(fault.text())
            + "; look into the vCenter's own logs (vpxd.log)",
        fault);
  }

  private InventoryException strange(UnexpectedResponseException strange) {
    String what = String.valueOf(strange.getMessage());
    return strange.status() >= 500 || strange.status() == TOO_MANY_REQUESTS
        ? unavailable(
            "is overloaded, starting up or failing (HTTP status " + strange.status() + "); wait",
            strange)
        : misconfigured(
            "does not answer like a vCenter: "
                + what
                + "; check host, port and path, and proxies in between",
            strange);
  }

  /**
   * A handshake that was refused, not one that was cut off. The JDK tells a peer that hangs up, or
   * that speaks no TLS at all, from others by what lies beneath the TLS failure, or by its words
   * alone; if they change, both are outages or refusals, and the message still holds.
   */
  private static boolean tlsRefused(IOException failure) {
    Optional<SSLException> tls = cause(failure, SSLException.class);
    String words = tls.map(e -> String.valueOf(e.getMessage())).orElse("");
    boolean hungUp =
        words.contains("terminated the handshake")
            || tls.filter(Failures::brokeBeneath).isPresent();
    boolean noTls = words.contains("ecognized SSL message");
    return noTls || (!hungUp && cause(failure, SSLHandshakeException.class).isPresent());
  }

  /** Whether it was the connection that failed, and TLS only for that. */
  private static boolean brokeBeneath(SSLException tls) {
    Throwable beneath = tls;
    for (int i = 0; i < DEEPEST_CAUSE && beneath instanceof SSLException; i++) {
      beneath = beneath.getCause();
    }
    return beneath instanceof IOException;
  }

  private InventoryException unavailable(String what, @Nullable Throwable cause) {
    return new InventoryException(Failure.UNAVAILABLE, "vCenter " + server + " " + what, cause);
  }

  private InventoryException misconfigured(String what, @Nullable Throwable cause) {
    return new InventoryException(Failure.MISCONFIGURED, "vCenter " + server + " " + what, cause);
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    Throwable current = failure;
    for (int i = 0; i < DEEPEST_CAUSE && current != null; i++) {
      if (type.isInstance(current)) {
        return Optional.of(type.cast(current));
      }
      current = current.getCause();
    }
    return Optional.empty();
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}
