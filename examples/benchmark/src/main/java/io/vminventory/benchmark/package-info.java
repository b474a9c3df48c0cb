/** Measures how soon a change is seen and what many tenants cost; no part of the product. */
@NullMarked
package io.vminventory.benchmark;

import org.jspecify.annotations.NullMarked;
