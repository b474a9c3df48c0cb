/** Build step of this module; not part of its jar. */
@NullMarked
package io.vminventory.k8s.build;

import org.jspecify.annotations.NullMarked;
