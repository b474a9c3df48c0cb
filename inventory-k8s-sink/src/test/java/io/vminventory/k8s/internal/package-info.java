@NullMarked
package io.vminventory.k8s.internal;

import org.jspecify.annotations.NullMarked;
