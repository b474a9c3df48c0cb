package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vminventory.api.VirtualMachine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Format of records: maps machines to objects of a custom resource and back. {@link
 * KubernetesInventorySink} decides when to write, how to name objects and what to delete.
 *
 * <p>The format of {@code VM} objects is built in. Implement this for a resource of your own.
 * Methods are called by several threads at once and for thousands of machines in a row, so they
 * must be pure and quick.
 *
 * @param <R> the resource: namespaced, with the annotations {@code @Group}, {@code @Version},
 *     {@code @Kind} and {@code @Plural} of the Kubernetes client, and without a status subresource
 * @param <F> the facts of one record, with the date of its last change if it has one; immutable. A
 *     class of yours, or {@code R} itself
 */
public interface RecordFormat<R extends HasMetadata, F> {

  /** Class of the resource. */
  Class<R> type();

  /**
   * The machine and the tenant of the record. Keep them in an immutable field, such as one with the
   * rule {@code self == oldSelf} in the definition: they decide who owns the record.
   *
   * @param record as the API server returns it; if a person created it, anything may be missing
   * @return empty if the record names none; then it has no owner and is left alone
   */
  Optional<RecordSource> source(R record);

  /** The facts in the record. */
  F facts(R record);

  /**
   * The facts that the machine's record should have. They must be canonical: the same facts
   * reported in another order give equal {@link #fields()}. They must also be within the bounds of
   * the definition: a record that the API server rejects is a problem after each read.
   *
   * <p>A fact in {@link VirtualMachine#unknown()} is unknown for now: take its value from {@code
   * before}, and leave it empty if there is none. This includes the name, for which {@link
   * VirtualMachine#name()} is only a stand-in then. A fact in {@link VirtualMachine#unreadable()}
   * is left empty.
   *
   * @param before the record's facts; {@code null} if there is no record yet
   * @param now the date of the change, if this is one, in full seconds. A record is also written to
   *     repair its labels: if the date is only about facts, keep that of {@code before} while the
   *     facts are the same
   */
  F facts(VirtualMachine machine, @Nullable F before, Instant now);

  /**
   * The fields to compare, in the order in which differences are reported. A record is written if
   * one of them or its labels differ. Leave out the date of the last change. Always returns the
   * same list.
   */
  List<RecordField<F>> fields();

  /** The machine's name in the facts, for people. */
  Optional<String> machineName(F facts);

  /** A new record. The sink sets the metadata. */
  R create(RecordSource source, F facts);

  /**
   * A new object with the record's content and other facts. The sink sets the metadata.
   *
   * @param record must not be modified
   */
  R change(R record, F facts);
}
