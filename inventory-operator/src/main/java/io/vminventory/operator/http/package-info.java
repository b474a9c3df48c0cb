/** What the operator serves over HTTP. */
@NullMarked
package io.vminventory.operator.http;

import org.jspecify.annotations.NullMarked;
