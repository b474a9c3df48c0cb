package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class DeletionGuardTest {

  private final DeletionGuard guard = new DeletionGuard(30, 10);

  @ParameterizedTest(name = "{1} of {0} records, {2} confirmed, {3} allowed: {4} held back")
  @CsvSource({
    "0, 0, 0, 0, 0",
    "5, 5, 0, 0, 0", // few, so the share does not matter
    "10, 10, 0, 0, 0", // exactly ten are few
    "11, 11, 0, 0, 11", // eleven of eleven are not
    "100, 30, 0, 0, 0", // exactly 30 %
    "100, 31, 0, 0, 31",
    "36, 11, 0, 0, 11", // 30.6 %
    "37, 11, 0, 0, 0", // 29.7 %
    "1000, 1000, 999, 0, 1000", // confirmed another number
    "1000, 1000, 1001, 0, 1000",
    "1000, 1000, 1000, 0, 0",
    "400, 400, 0, 1000, 0", // the rest of 1000 that were allowed before
    "1000, 1000, 0, 999, 1000",
    "100000000, 100000000, 0, 0, 100000000"
  })
  void suspiciouslyManyDeletionsAreHeldBack(
      int records, int deletions, int confirmed, int allowed, int heldBack) {
    assertThat(guard.heldBack(records, deletions, confirmed, allowed)).isEqualTo(heldBack);
  }
}
