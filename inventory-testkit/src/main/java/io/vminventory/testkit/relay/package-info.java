/**
 * A relay between a client and a server that disturbs what they say to each other, on demand.
 *
 * <p>{@link io.vminventory.testkit.relay.FaultRelay} is the door. It disturbs connections and the
 * bytes on them, and HTTP/1.1 requests if it ends TLS; it does not lose or reorder packets, and
 * knows neither HTTP/2 nor what a protocol above it means.
 */
@NullMarked
package io.vminventory.testkit.relay;

import org.jspecify.annotations.NullMarked;
