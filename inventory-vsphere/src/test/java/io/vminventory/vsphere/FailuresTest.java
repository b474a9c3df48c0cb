package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.server.ServerTimeouts;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As Java 17 and 25 throw them when a peer resets connections at any moment of the handshake. */
@Tag("pure")
class FailuresTest {

  private final Failures failures = new Failures("vc:443", ServerTimeouts.DEFAULTS);

  static Stream<IOException> interruptedHandshakes() {
    return Stream.of(
        handshake("Remote host closed the channel", new SocketException("Connection reset")),
        handshake("Remote host terminated the handshake", new SocketException("Connection reset")),
        handshake(
            "Remote host terminated the handshake", new IOException("Connection reset by peer")),
        handshake("Remote host terminated the handshake", null),
        handshake("SSL peer shut down incorrectly", new EOFException("end")),
        new IOException(handshake("Remote host closed the channel", new SocketException("reset"))));
  }

  @ParameterizedTest
  @MethodSource("interruptedHandshakes")
  void interruptedHandshakeIsUnavailable(IOException cutOff) {
    InventoryException translated = failures.of(cutOff, "ann");
    assertThat(translated.failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(translated).hasMessageContaining("broke off the connection");
  }

  @Test
  void refusedHandshakeIsMisconfigured() {
    InventoryException translated =
        failures.of(handshake("Received fatal alert: protocol_version", null), "ann");
    assertThat(translated.failure()).isEqualTo(Failure.MISCONFIGURED);
    assertThat(translated).hasMessageContaining("does not agree on TLS");
  }

  @Test
  void peerWithoutTlsIsMisconfigured() {
    InventoryException translated =
        failures.of(new SSLException("Unsupported or unrecognized SSL message"), "ann");
    assertThat(translated.failure()).isEqualTo(Failure.MISCONFIGURED);
  }

  /** The JDK's client wraps what its engine threw in another of the same kind. */
  private static IOException handshake(String message, @Nullable IOException beneath) {
    SSLHandshakeException inner = new SSLHandshakeException(message);
    if (beneath != null) {
      inner.initCause(beneath);
    }
    SSLHandshakeException outer = new SSLHandshakeException(message);
    outer.initCause(inner);
    return outer;
  }
}
