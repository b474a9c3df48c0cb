/** Helpers that this project's modules share. Not API: they may change in any version. */
@NullMarked
package io.vminventory.k8s.internal;

import org.jspecify.annotations.NullMarked;
