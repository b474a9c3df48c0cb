package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Records of one tenant in one namespace at one moment, as far as the next plan needs them. A live
 * record is one that is not being deleted.
 *
 * @param records the live records of each dirty key, the oldest first; an empty list if there is
 *     none
 * @param size how many live records the tenant has, dirty or not
 * @param names the names of all objects of the namespace, including those that are being deleted;
 *     empty if every dirty key has a record, so that no name has to be chosen
 */
record ObservedRecords<R extends HasMetadata>(
    Map<String, List<R>> records, int size, Set<String> names) {}
