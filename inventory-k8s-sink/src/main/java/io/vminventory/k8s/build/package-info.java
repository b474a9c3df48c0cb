/** Means of this module's own build; not part of its jar. */
@NullMarked
package io.vminventory.k8s.build;

import org.jspecify.annotations.NullMarked;
