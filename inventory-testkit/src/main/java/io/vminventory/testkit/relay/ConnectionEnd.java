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
 * One end of a relayed connection.
 *
 * @param tcp the TCP connection
 * @param stream the same, or the TLS connection over it
 */
record ConnectionEnd(Socket tcp, Socket stream) {

  /** The client's end, with TLS terminated if a context is given. */
  static ConnectionEnd ofClient(Socket tcp, Optional<SSLContext> tls) throws IOException {
    if (tls.isEmpty()) {
      return new ConnectionEnd(tcp, tcp);
    }
    SSLSocket socket = secure(tcp, tls.get());
    socket.setUseClientMode(false);
    return handshake(tcp, socket);
  }

  /** The server's end, over TLS if a context is given. */
  static ConnectionEnd ofServer(Socket tcp, Optional<SSLContext> tls) throws IOException {
    return tls.isEmpty() ? new ConnectionEnd(tcp, tcp) : handshake(tcp, secure(tcp, tls.get()));
  }

  private static SSLSocket secure(Socket tcp, SSLContext tls) throws IOException {
    String host = ((InetSocketAddress) tcp.getRemoteSocketAddress()).getHostString();
    return (SSLSocket) tls.getSocketFactory().createSocket(tcp, host, tcp.getPort(), true);
  }

  private static ConnectionEnd handshake(Socket tcp, SSLSocket socket) throws IOException {
    socket.startHandshake();
    return new ConnectionEnd(tcp, socket);
  }

  InputStream in() throws IOException {
    return stream.getInputStream();
  }

  OutputStream out() throws IOException {
    return stream.getOutputStream();
  }

  /** Ends the output (FIN). */
  void finish() throws IOException {
    stream.shutdownOutput();
  }

  /** Ends the output (FIN) mid-stream: with TLS, without close_notify. */
  void cut() throws IOException {
    tcp.shutdownOutput();
  }
}
