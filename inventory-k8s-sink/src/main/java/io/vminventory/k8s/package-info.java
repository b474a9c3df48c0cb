/**
 * The custom resources {@code Tenant} and {@code VM} of {@code vminventory.io/v1}, and the words
 * that they share with people: labels, annotations, modes.
 *
 * <p>The custom resource definitions are generated from these classes by the build; {@link
 * io.vminventory.k8s.CustomResourceDefinitions} gives access to them. Specs and statuses are
 * immutable. What a reader does not know is ignored, and nothing empty is stored. Nothing here
 * talks to an API server; {@code io.vminventory.k8s.sink} does.
 */
@NullMarked
package io.vminventory.k8s;

import org.jspecify.annotations.NullMarked;
