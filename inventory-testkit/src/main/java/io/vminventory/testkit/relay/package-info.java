/** A relay between a client and a server that disturbs what they say to each other, on demand. */
@NullMarked
package io.vminventory.testkit.relay;

import org.jspecify.annotations.NullMarked;
