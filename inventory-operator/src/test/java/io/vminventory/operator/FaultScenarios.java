package io.vminventory.operator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Scenarios that start with an up-to-date tenant and must not leave a session. */
@Timeout(180)
abstract class FaultScenarios {

  static final String TENANT = FaultFixture.TENANT;

  FaultFixture faults;

  /** The peers of this scenario. */
  abstract FaultPeers peers();

  /** Closes the peers, unless they are shared. */
  void release() {}

  @BeforeEach
  void setUp() throws Exception {
    faults = new FaultFixture(peers());
    faults.upToDate();
  }

  /** Starts again with the default time-outs, which a busy test machine does not reach. */
  void withDefaultTimeouts() throws Exception {
    faults.close();
    faults = new FaultFixture(peers(), FaultFixture.DEFAULT_TIMEOUTS);
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
