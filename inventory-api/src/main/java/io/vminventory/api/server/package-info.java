/**
 * TLS trust and timeouts of a server, read from settings that have the same names, defaults and
 * checks in every provider. Use of this package is optional; nothing in the SPI depends on it.
 *
 * <table>
 *   <caption>Types by task</caption>
 *   <tr><th>Task</th><th>Type</th></tr>
 *   <tr><td>Read {@code ca-file}, {@code thumbprint} and {@code insecure}; get an {@code
 *       SSLContext}</td><td>{@link io.vminventory.api.server.ServerTrust}</td></tr>
 *   <tr><td>Explain a refused certificate, with a remedy</td>
 *       <td>{@link io.vminventory.api.server.UntrustedServerException}</td></tr>
 *   <tr><td>Read {@code connect-timeout}, {@code silence-timeout} and {@code request-timeout}</td>
 *       <td>{@link io.vminventory.api.server.ServerTimeouts}</td></tr>
 *   <tr><td>Examine a server's certificate in a {@link io.vminventory.api.ServerProbe}, trusted or
 *       not</td><td>{@link io.vminventory.api.server.CertificateRecorder}</td></tr>
 * </table>
 */
@NullMarked
package io.vminventory.api.server;

import org.jspecify.annotations.NullMarked;
