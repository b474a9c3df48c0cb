package io.vminventory.operator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A tenant that is up to date before each scenario, and after which no session may be left. */
@Timeout(180)
abstract class FaultScenarios {

  static final String TENANT = FaultBench.TENANT;

  FaultBench faults;

  /** The peers of this scenario. */
  abstract FaultPeers peers();

  /** Ends the peers; nothing to do where others share them. */
  void release() {}

  @BeforeEach
  void setUp() throws Exception {
    faults = new FaultBench(peers());
    faults.upToDate();
  }

  /** Begins anew with time-outs that a busy machine does not reach. */
  void withPatience() throws Exception {
    faults.close();
    faults = new FaultBench(peers(), FaultBench.PATIENT);
    faults.upToDate();
  }

  @AfterEach
  void tearDown() throws Exception {
    try {
      faults.close();
    } finally {
      release();
    }
  }
}
