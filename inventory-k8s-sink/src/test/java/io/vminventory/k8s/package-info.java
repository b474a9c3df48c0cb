@NullMarked
package io.vminventory.k8s;

import org.jspecify.annotations.NullMarked;
