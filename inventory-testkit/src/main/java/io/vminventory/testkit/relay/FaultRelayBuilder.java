package io.vminventory.testkit.relay;

import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Declares a {@link FaultRelay}, then starts it. Not thread-safe; starts once. */
public final class FaultRelayBuilder {

  private final InetSocketAddress target;
  private Optional<SSLContext> clientTls = Optional.empty();
  private Optional<SSLContext> serverTls = Optional.empty();
  private int port;

  FaultRelayBuilder(InetSocketAddress target) {
    this.target = target;
  }

  /** Ends the TLS of clients, with the server certificate of this context. */
  public FaultRelayBuilder clientTls(SSLContext value) {
    clientTls = Optional.of(value);
    return this;
  }

  /** Speaks TLS to the server, trusting what this context trusts; host names are not compared. */
  public FaultRelayBuilder serverTls(SSLContext value) {
    serverTls = Optional.of(value);
    return this;
  }

  /** A port of its own choice; 0, the default, takes any that is free. */
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
