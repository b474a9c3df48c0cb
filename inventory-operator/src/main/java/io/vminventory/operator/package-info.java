/** The operator as a program: its command line, its object graph and its life. */
@NullMarked
package io.vminventory.operator;

import org.jspecify.annotations.NullMarked;
