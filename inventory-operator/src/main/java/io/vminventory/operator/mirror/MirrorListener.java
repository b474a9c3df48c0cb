package io.vminventory.operator.mirror;

import io.vminventory.api.SinkResult;
import io.vminventory.api.TenantId;
import java.time.Duration;

/** Hears from mirrors, in their threads; calls for one tenant come one after the other. */
public interface MirrorListener {

  /** The mirror's state is another one now. */
  void stateChanged(TenantId tenant);

  /**
   * The sink has taken an inventory.
   *
   * @param spec what the mirror was told to do at that time
   * @param kind whether this ended a complete read (else it followed a change)
   * @param first whether no read of this tenant has ever been finished before
   */
  void applied(MirrorSpec spec, ReadKind kind, boolean first, SinkResult result);

  /**
   * All changes that the platform has told of are written.
   *
   * @param lag since the first of those that were not yet written was told
   */
  default void changesWritten(MirrorSpec spec, Duration lag) {}

  /** A try has failed; repeated failures are told each time. */
  void failed(MirrorSpec spec, FailedAttempt setback);

  /** What an inventory came from. */
  enum ReadKind {
    COMPLETE,
    INCREMENTAL
  }
}
