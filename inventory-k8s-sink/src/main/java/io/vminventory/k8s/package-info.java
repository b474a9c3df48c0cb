/**
 * Custom resources {@code Tenant} and {@code VM} of {@code vminventory.io/v1}, with their labels,
 * annotations and modes.
 *
 * <p>The custom resource definitions are generated from these classes by the build; {@link
 * io.vminventory.k8s.CustomResourceDefinitions} gives access to them. Specs and statuses are
 * immutable. Unknown fields are ignored, and nothing empty is stored. Requests to the API server
 * are made by {@code io.vminventory.k8s.sink} alone.
 */
@NullMarked
package io.vminventory.k8s;

import org.jspecify.annotations.NullMarked;
