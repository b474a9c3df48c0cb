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
 * Translation of the failures of one server: what each means and what to do about it. Nothing else
 * in this package decides that. Pure.
 *
 * @param server {@code host:port}
 * @param timeouts of its requests
 */
record Failures(String server, ServerTimeouts timeouts) {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int MAX_CAUSES = 20;

  /** The failure of a call for an account. */
  InventoryException of(IOException failure, String username) {
    if (failure instanceof SoapFault fault) {
      return fault(fault, username);
    } else if (failure instanceof UnexpectedResponseException unexpected) {
      return unexpected(unexpected);
    } else if (failure instanceof IncompleteReadException incomplete) {
      return unavailable(
          "returned an incomplete result, which was discarded: " + incomplete.getMessage(),
          "",
          incomplete);
    }
    Optional<ResponseTooLargeException> tooLarge = cause(failure, ResponseTooLargeException.class);
    if (tooLarge.isPresent()) {
      return misconfigured(
          "sent a response of more than the "
              + tooLarge.get().maxMB()
              + " MiB that max-answer-mb allows; it was discarded",
          "lower page-size, or raise max-answer-mb",
          failure);
    }
    Optional<UntrustedServerException> untrusted = UntrustedServerException.findIn(failure);
    if (untrusted.isPresent()) {
      return misconfigured(untrusted.get().problem(), untrusted.get().remedy(), failure);
    } else if (cause(failure, HttpConnectTimeoutException.class).isPresent()) {
      return unavailable(
          "accepts no connection within " + text(timeouts.connect()),
          "check host and firewall, or raise connect-timeout",
          failure);
    } else if (cause(failure, HttpTimeoutException.class).isPresent()) {
      return unavailable(
          "sent nothing for "
              + text(timeouts.silence())
              + ", or not everything within "
              + text(timeouts.request()),
          "if it is only slow, raise silence-timeout and request-timeout, or lower page-size",
          failure);
    } else if (cause(failure, UnresolvedAddressException.class).isPresent()
        || cause(failure, UnknownHostException.class).isPresent()) {
      return unavailable(
          "cannot be resolved to an address",
          "check the vCenter's host setting and the DNS",
          failure);
    } else if (cause(failure, ConnectException.class).isPresent()) {
      return unavailable(
          "refuses connections", "check host and port, and whether the vCenter runs", failure);
    } else if (isTlsRefusal(failure)) {
      return misconfigured(
          "does not agree on TLS with this client",
          "check that the port is the https port of a vCenter that supports TLS 1.2 or newer",
          failure);
    }
    return unavailable("broke off the connection before its response was complete", "", failure);
  }

  /** A server without a UUID of its own. */
  InventoryException notVcenter(String version) {
    return misconfigured(
        "is not a vCenter but "
            + (version.isEmpty() ? "something else" : "'" + version + "'")
            + " (it has no instanceUuid, as an ESXi host has none)",
        "set host to the vCenter that manages it",
        null);
  }

  /** An account with a name or password that cannot be sent. */
  InventoryException unsendableAccount(String username) {
    return new InventoryException(
        Failure.DENIED,
        account(username)
            + " cannot log in to "
            + server
            + ": its user name or password has a control character",
        "correct the Secret");
  }

  /** An account that was refused a short time ago, and is not tried again yet. */
  InventoryException loginSuspended(String username, Duration left) {
    return new InventoryException(
        Failure.DENIED,
        "vCenter "
            + server
            + " has refused "
            + account(username)
            + " with this password; it is not tried again for "
            + text(Duration.ofSeconds(left.toSeconds() + 1))
            + ", because accounts lock",
        "correct user name and password");
  }

  /** A server with as many sessions as it may have. */
  InventoryException tooManySessions(int max) {
    return unavailable(
        "has all of the " + max + " sessions that max-sessions allows",
        "raise it, or let tenants use sync: Interval",
        null);
  }

  /** A provider that was closed. */
  InventoryException closed() {
    return new InventoryException(
        Failure.UNAVAILABLE, "the provider of vCenter " + server + " is closed");
  }

  private InventoryException fault(SoapFault fault, String username) {
    if (fault.is(SoapFault.NOT_AUTHENTICATED)) {
      return unavailable("has ended the session of " + account(username), "log in again", fault);
    } else if (fault.is(SoapFault.NOT_FOUND)) {
      return unavailable(
          "no longer knows the objects of the session of "
              + account(username)
              + ", as after a restart",
          "log in again",
          fault);
    } else if (fault.is("RequestCanceled")) {
      return unavailable("cancelled a request of " + account(username), "try again", fault);
    } else if (fault.isAccountRefusal()) {
      return new InventoryException(
          Failure.DENIED,
          "vCenter " + server + " refuses " + account(username) + " (" + fault.name() + ")",
          fault.is(SoapFault.NO_PERMISSION)
              ? "give it at least the Read-only role where its machines are"
              : "correct user name and password (several tries may lock the account)",
          fault);
    }
    String name = VimText.quote(fault.name());
    return new InventoryException(
        Failure.INTERNAL,
        "vCenter "
            + server
            + " failed with "
            + (name.isEmpty() ? "an unnamed fault" : name)
            + ": "
            + VimText.quote(fault.text()),
        "see the vCenter's own logs (vpxd.log)",
        fault);
  }

  private static String account(String username) {
    return "the account '" + VimText.quote(username) + "'";
  }

  private InventoryException unexpected(UnexpectedResponseException response) {
    int status = response.status();
    return status >= 500 || status == TOO_MANY_REQUESTS
        ? unavailable(
            "is overloaded, starting up or failing (HTTP status " + status + ")", "wait", response)
        : misconfigured(
            "does not answer like a vCenter: " + response.getMessage(),
            "check host, port and path, and proxies in between",
            response);
  }

  /**
   * Whether a handshake was refused, not cut off. Only the cause of the TLS failure, or its text,
   * shows whether the peer has closed the connection or does not use TLS at all. If the texts
   * change, some outages count as refusals or the other way round; the message still holds.
   */
  private static boolean isTlsRefusal(IOException failure) {
    Optional<SSLException> tls = cause(failure, SSLException.class);
    String text = tls.map(e -> String.valueOf(e.getMessage())).orElse("");
    boolean closedByPeer =
        text.contains("terminated the handshake")
            || tls.filter(Failures::isConnectionFailure).isPresent();
    boolean noTls = text.contains("ecognized SSL message");
    return noTls || (!closedByPeer && cause(failure, SSLHandshakeException.class).isPresent());
  }

  /** Whether TLS failed because the connection did. */
  private static boolean isConnectionFailure(SSLException tls) {
    Throwable cause = tls;
    for (int i = 0; i < MAX_CAUSES && cause instanceof SSLException; i++) {
      cause = cause.getCause();
    }
    return cause instanceof IOException;
  }

  private InventoryException unavailable(String problem, String remedy, @Nullable Throwable cause) {
    return new InventoryException(
        Failure.UNAVAILABLE, "vCenter " + server + " " + problem, remedy, cause);
  }

  private InventoryException misconfigured(
      String problem, String remedy, @Nullable Throwable cause) {
    return new InventoryException(
        Failure.MISCONFIGURED, "vCenter " + server + " " + problem, remedy, cause);
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    Throwable current = failure;
    for (int i = 0; i < MAX_CAUSES && current != null; i++) {
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
