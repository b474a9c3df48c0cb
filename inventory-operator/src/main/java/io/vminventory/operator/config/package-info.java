/** Configuration by the administrator: options, the servers file, and the servers it names. */
@NullMarked
package io.vminventory.operator.config;

import org.jspecify.annotations.NullMarked;
