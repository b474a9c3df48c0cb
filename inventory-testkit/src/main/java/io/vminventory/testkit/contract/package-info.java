/** Tests that every implementation of the SPI has to pass; bind one by extending it. */
@NullMarked
package io.vminventory.testkit.contract;

import org.jspecify.annotations.NullMarked;
