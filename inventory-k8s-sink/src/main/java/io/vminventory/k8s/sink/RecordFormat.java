package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vminventory.api.VirtualMachine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a record looks like: the custom resource in which {@link KubernetesInventorySink} keeps the
 * machines. The sink decides when to write, how objects are called and what may be deleted; a
 * format only says how a machine is told and how it is read back.
 *
 * <p>The format of {@code VM} objects is built in. For a resource of your own, implement this.
 * Methods are called by several threads at the same time, and for thousands of machines in a row,
 * so they must be pure and quick.
 *
 * @param <R> the resource: namespaced, with the annotations {@code @Group}, {@code @Version},
 *     {@code @Kind} and {@code @Plural} of the Kubernetes client, and without a status subresource
 * @param <F> the facts of one record, with the date of its last change if it has one; immutable. It
 *     may be a class of yours, or {@code R} itself
 */
public interface RecordFormat<R extends HasMetadata, F> {

  /** The class of the resource. */
  Class<R> type();

  /**
   * Which machine the record is about. Keep it where nobody can change it, such as in a field for
   * which the definition has the rule {@code self == oldSelf}: it decides whose record this is.
   *
   * @param record as the API server has it, which may be made by a person and lack anything
   * @return empty if it does not say; it is nobody's record then, and left alone
   */
  Optional<RecordSource> source(R record);

  /** The facts that the record tells. */
  F facts(R record);

  /**
   * The facts that the machine's record should tell. Canonical: a platform that tells the same in
   * another order gives equal {@link #fields()}. Within the bounds of the definition, too: a record
   * that the API server refuses is a problem at each reading.
   *
   * @param before what the record tells; {@code null} if there is none yet
   * @param now the date of the change if this is one, in full seconds. A record is also written
   *     when its labels have to be repaired: if the date is to tell of facts alone, keep that of
   *     {@code before} while they are the same
   */
  F facts(VirtualMachine machine, @Nullable F before, Instant now);

  /**
   * The facts that count, in the order in which differences are told: a record is written if one of
   * them differs or its labels do. The date of the last change is not among them. Always the same
   * list.
   */
  List<RecordField<F>> fields();

  /** The machine's name as the facts tell it, for a person. */
  Optional<String> machineName(F facts);

  /** A new record. The sink sets its metadata. */
  R create(RecordSource source, F facts);

  /**
   * Another object with the record's content, but for the facts. The sink sets its metadata.
   *
   * @param record stays as it is
   */
  R change(R record, F facts);
}
