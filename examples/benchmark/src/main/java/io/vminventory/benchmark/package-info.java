/**
 * Measures what the product costs, beside what cannot be avoided, and how soon a change is seen; no
 * part of the product.
 */
@NullMarked
package io.vminventory.benchmark;

import org.jspecify.annotations.NullMarked;
