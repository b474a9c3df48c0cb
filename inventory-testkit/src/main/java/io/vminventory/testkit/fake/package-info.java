/** An inventory provider over an in-memory platform that a test or a demo scripts at run time. */
@NullMarked
package io.vminventory.testkit.fake;

import org.jspecify.annotations.NullMarked;
