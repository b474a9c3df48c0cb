package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The objects of a namespace at one moment, seen with the eyes of one tenant.
 *
 * @param records of each machine that is to be looked at, the tenant's records that stay, the
 *     oldest first; an empty list if there is none
 * @param size how many records that stay the tenant has, those that are not to be looked at
 *     included
 * @param names the names of all objects, also of those that are about to vanish; empty if every
 *     machine that is to be looked at has a record, so that none is to be named
 */
record Observed<R extends HasMetadata>(Map<String, List<R>> records, int size, Set<String> names) {}
