package io.vminventory.testkit.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * One end of a connection through the relay.
 *
 * @param wire the connection itself
 * @param talk the same, or what decrypts it
 */
record Side(Socket wire, Socket talk) {

  /** The end at a client, which may have to be decrypted. */
  static Side ofClient(Socket wire, Optional<SSLContext> tls) throws IOException {
    if (tls.isEmpty()) {
      return new Side(wire, wire);
    }
    SSLSocket socket = secure(wire, tls.get());
    socket.setUseClientMode(false);
    return handshake(wire, socket);
  }

  /** The end at the server. */
  static Side ofServer(Socket wire, Optional<SSLContext> tls) throws IOException {
    return tls.isEmpty() ? new Side(wire, wire) : handshake(wire, secure(wire, tls.get()));
  }

  private static SSLSocket secure(Socket wire, SSLContext tls) throws IOException {
    String host = ((InetSocketAddress) wire.getRemoteSocketAddress()).getHostString();
    return (SSLSocket) tls.getSocketFactory().createSocket(wire, host, wire.getPort(), true);
  }

  private static Side handshake(Socket wire, SSLSocket socket) throws IOException {
    socket.startHandshake();
    return new Side(wire, socket);
  }

  InputStream in() throws IOException {
    return talk.getInputStream();
  }

  OutputStream out() throws IOException {
    return talk.getOutputStream();
  }

  /** Says that nothing more comes (FIN). */
  void finish() throws IOException {
    talk.shutdownOutput();
  }

  /**
   * Says that nothing more comes in the middle of what was said: with TLS, without its good-bye.
   */
  void cut() throws IOException {
    wire.shutdownOutput();
  }
}
