/** What an administrator configures: options, the servers file, and the servers created from them. */
@NullMarked
package io.vminventory.operator.config;

import org.jspecify.annotations.NullMarked;
