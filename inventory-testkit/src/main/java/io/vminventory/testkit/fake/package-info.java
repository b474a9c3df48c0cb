/**
 * An inventory provider over an in-memory platform that a test or a demo scripts at run time.
 *
 * <p>{@link io.vminventory.testkit.fake.FakeProvider} keeps the promises of the SPI, whatever
 * happens to its platform. It speaks no protocol; what depends on one needs a server, such as that
 * of {@code io.vminventory.testkit.vcenter}.
 */
@NullMarked
package io.vminventory.testkit.fake;

import org.jspecify.annotations.NullMarked;
