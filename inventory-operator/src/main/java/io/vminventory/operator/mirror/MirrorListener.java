package io.vminventory.operator.mirror;

import io.vminventory.api.SinkResult;
import io.vminventory.api.TenantId;
import java.time.Duration;

/** Listener to mirrors. Called in their threads; calls for one tenant come one after the other. */
public interface MirrorListener {

  /** The mirror's state has changed. */
  void stateChanged(TenantId tenant);

  /**
   * The sink has taken an inventory.
   *
   * @param spec the mirror's spec at that time
   * @param kind what the inventory came from
   * @param first whether this tenant has never had a complete read before
   */
  void applied(MirrorSpec spec, ReadKind kind, boolean first, SinkResult result);

  /**
   * All changes that the platform has reported are written.
   *
   * @param lag the time since the platform reported the first of them
   */
  default void changesWritten(MirrorSpec spec, Duration lag) {}

  /** An attempt has failed. Called for each attempt, also for a repeated failure. */
  void failed(MirrorSpec spec, FailedAttempt failedAttempt);

  /** Origin of an inventory. */
  enum ReadKind {
    /** A complete read. */
    COMPLETE,
    /** Changes since a complete read. */
    INCREMENTAL
  }
}
