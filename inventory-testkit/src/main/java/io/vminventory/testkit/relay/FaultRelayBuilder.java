package io.vminventory.testkit.relay;

import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Builder of a {@link FaultRelay}. Not thread-safe; starts one relay. */
public final class FaultRelayBuilder {

  private final InetSocketAddress target;
  private Optional<SSLContext> clientTls = Optional.empty();
  private Optional<SSLContext> serverTls = Optional.empty();
  private int port;

  FaultRelayBuilder(InetSocketAddress target) {
    this.target = target;
  }

  /** Terminates the TLS of clients with the server certificate of this context. */
  public FaultRelayBuilder clientTls(SSLContext value) {
    clientTls = Optional.of(value);
    return this;
  }

  /** Uses TLS to the server with the trust of this context; host names are not verified. */
  public FaultRelayBuilder serverTls(SSLContext value) {
    serverTls = Optional.of(value);
    return this;
  }

  /** The port to listen on; 0, the default, takes a free one. */
  public FaultRelayBuilder port(int value) {
    port = value;
    return this;
  }

  /**
   * Starts the relay; it accepts connections when this returns.
   *
   * @throws java.io.UncheckedIOException if the port is taken
   */
  public FaultRelay start() {
    return new FaultRelay(target, clientTls, serverTls, port);
  }
}
