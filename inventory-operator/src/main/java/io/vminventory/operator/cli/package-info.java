/** The commands {@code run}, {@code doctor} and {@code plan}. */
@NullMarked
package io.vminventory.operator.cli;

import org.jspecify.annotations.NullMarked;
