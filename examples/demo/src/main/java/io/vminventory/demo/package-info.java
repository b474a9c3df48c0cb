/** Shows the operator at work between an embedded vCenter and an embedded Kubernetes. */
@NullMarked
package io.vminventory.demo;

import org.jspecify.annotations.NullMarked;
