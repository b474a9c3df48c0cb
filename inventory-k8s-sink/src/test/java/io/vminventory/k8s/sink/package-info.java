@NullMarked
package io.vminventory.k8s.sink;

import org.jspecify.annotations.NullMarked;
