package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.TenantId;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whichever is newest counts, in whatever order it becomes known. */
@Tag("pure")
class RecordCacheTest {

  private static final TenantId TENANT = new TenantId("default", "test");
  private static final TenantId OTHER = new TenantId("default", "other");

  private final List<TenantId> told = new ArrayList<>();
  private final RecordCache<VmResource> cache = new RecordCache<>(new VmFormat(), told::add);

  @Test
  void firstListIsNoDisturbanceAndALaterOneOnlyWhereItDiffers() {
    list(10, vm("a", "A", 1), vm("b", "B", 2));
    assertThat(told).isEmpty();
    list(20, vm("a", "A", 1), vm("b", "B", 2));
    assertThat(told).isEmpty();

    list(30, vm("a", "A", 25));

    assertThat(told).containsExactly(TENANT);
    assertThat(versions()).containsExactly("a@25");
  }

  @Test
  void olderNewsAreNone() {
    list(10, vm("a", "A", 9));

    cache.seen(vm("a", "A", 8));
    cache.seen(vm("a", "A", 9));

    assertThat(told).isEmpty();
    assertThat(versions()).containsExactly("a@9");
    cache.seen(vm("a", "A", 10));
    assertThat(told).containsExactly(TENANT);
    assertThat(versions()).containsExactly("a@10");
  }

  @Test
  void ownWriteIsKnownAtOnceAndNotToldWhenTheWatchTellsOfIt() {
    list(10, vm("a", "A", 9));

    cache.writing(vm("a", "A", 9));
    cache.written(vm("a", "A", 9), done(vm("a", "A", 11)));
    assertThat(versions()).containsExactly("a@11");
    cache.seen(vm("a", "A", 11));

    assertThat(told).isEmpty();
  }

  @Test
  void ownWriteThatTheWatchTellsOfBeforeItsAnswerIsNotTold() {
    list(10, vm("a", "A", 9));

    cache.writing(vm("a", "A", 9));
    cache.seen(vm("a", "A", 11));
    cache.written(vm("a", "A", 9), done(vm("a", "A", 11)));

    assertThat(told).isEmpty();
  }

  @Test
  void editRightAfterOurWriteIsToldEvenIfBothAreSeenBeforeTheAnswer() {
    list(10, vm("a", "A", 9));

    cache.writing(vm("a", "A", 9));
    cache.seen(vm("a", "A", 11));
    cache.seen(vm("a", "A", 12));
    cache.written(vm("a", "A", 9), done(vm("a", "A", 11)));

    assertThat(told).containsExactly(TENANT);
    assertThat(versions()).containsExactly("a@12");
  }

  @Test
  void deletionRightAfterOurWriteIsToldAndTheLateAnswerDoesNotReviveIt() {
    list(10, vm("a", "A", 9));

    cache.writing(vm("a", "A", 9));
    cache.seen(vm("a", "A", 11));
    cache.gone(vm("a", "A", 12));
    cache.written(vm("a", "A", 9), done(vm("a", "A", 11)));

    assertThat(told).containsExactly(TENANT);
    assertThat(versions()).isEmpty();
  }

  @Test
  void ownDeletionIsNeverToldAndHidesWhatComesLate() {
    list(10, vm("a", "A", 9), vm("b", "B", 9));
    cache.writing(vm("a", "A", 9));
    cache.written(vm("a", "A", 9), gone());
    cache.writing(vm("b", "B", 9));
    cache.gone(vm("b", "B", 11));
    cache.written(vm("b", "B", 9), gone());

    cache.seen(vm("a", "A", 10));
    cache.gone(vm("a", "A", 12));

    assertThat(told).isEmpty();
    assertThat(versions()).isEmpty();
  }

  @Test
  void successorOfOneNameOutlivesTheNewsOfItsPredecessorsDeletion() {
    list(10, vm("a", "A", 9));
    cache.writing(vm("a", "A", 9));
    cache.written(vm("a", "A", 9), gone());
    cache.writing(vm("a", null, 0));
    cache.written(vm("a", null, 0), done(vm("a", "A2", 12)));

    cache.gone(vm("a", "A", 11));
    cache.seen(vm("a", "A2", 12));

    assertThat(told).isEmpty();
    assertThat(versions()).containsExactly("a@12");
  }

  @Test
  void listThatWasUnderWayDoesNotUndoWhatWasWrittenMeanwhile() {
    list(10, vm("a", "A", 9), vm("b", "B", 9));
    RecordCache.Before before = cache.beforeList();
    cache.writing(vm("new", null, 0));
    cache.written(vm("new", null, 0), done(vm("new", "N", 22)));
    cache.writing(vm("a", "A", 9));
    cache.written(vm("a", "A", 9), done(vm("a", "A", 23)));
    cache.writing(vm("b", "B", 9));
    cache.written(vm("b", "B", 9), gone());

    cache.listed(before, List.of(vm("a", "A", 9), vm("b", "B", 9)), "20");

    assertThat(told).isEmpty();
    assertThat(versions()).containsExactly("a@23", "new@22");
  }

  @Test
  void nothingThatWasKnownCountsInARestoredCluster() {
    list(100, vm("a", "A", 90), vm("b", "B", 95));
    cache.gone(vm("c", "C", 96));

    list(50, vm("a", "A", 40), vm("c", "C", 41));

    assertThat(told).containsOnly(TENANT);
    assertThat(versions()).containsExactly("a@40", "c@41");
    cache.seen(vm("b", "B", 51));
    assertThat(versions()).containsExactly("a@40", "b@51", "c@41");
  }

  @Test
  void bothAreToldIfAnObjectChangesHands() {
    list(10, vm("a", "A", 9));
    VmResource theirs = vm("a", "A2", 12);
    theirs.setSpec(new VmSpec(new VmSpec.Source("other", "default", "k")));

    cache.seen(theirs);

    assertThat(told).containsExactlyInAnyOrder(TENANT, OTHER);
    assertThat(versions()).isEmpty();
  }

  @Test
  void whatARefusedWriteDoesNotExplainIsTold() {
    list(10, vm("a", "A", 9));

    cache.writing(vm("a", "A", 9));
    cache.seen(vm("a", "A", 11));
    assertThat(told).isEmpty();
    cache.written(vm("a", "A", 9), new Outcome.Stale<>());

    assertThat(told).containsExactly(TENANT);
  }

  @Test
  void ofTwoTenantsThatWantOneNameTheLoserIsNotToldOfTheWinnersWrite() {
    list(10);
    VmResource winner = vm("a", "A", 11);
    cache.writing(vm("a", null, 0));
    cache.writing(winner);
    cache.seen(winner);

    cache.written(vm("a", null, 0), new Outcome.Stale<>());
    cache.written(winner, done(winner));

    assertThat(told).isEmpty();
    assertThat(versions()).containsExactly("a@11");
  }

  @Test
  void versionsAreNumbersOfAnyLength() {
    assertThat(RecordVersions.isNewer("10", "9")).isTrue();
    assertThat(RecordVersions.isNewer("9", "10")).isFalse();
    assertThat(RecordVersions.isNewer("9", "9")).isFalse();
    assertThat(RecordVersions.isNewer("36893488147419103233", "36893488147419103232")).isTrue();
    assertThat(RecordVersions.isNewer("odd", "9")).isTrue();
    assertThat(RecordVersions.isNewer("odd", "odd")).isFalse();
  }

  private void list(int version, VmResource... objects) {
    cache.listed(cache.beforeList(), List.of(objects), Integer.toString(version));
  }

  private List<String> versions() {
    return cache.ownedBy(TENANT, "ns").stream()
        .map(vm -> vm.getMetadata().getName() + "@" + vm.getMetadata().getResourceVersion())
        .sorted()
        .toList();
  }

  private static Outcome<VmResource> done(VmResource now) {
    return new Outcome.Done<>(Optional.of(now));
  }

  private static Outcome<VmResource> gone() {
    return new Outcome.Done<>(Optional.empty());
  }

  private static VmResource vm(String name, @Nullable String uid, int version) {
    VmResource vm = new VmResource();
    vm.getMetadata().setNamespace("ns");
    vm.getMetadata().setName(name);
    vm.getMetadata().setUid(uid);
    vm.getMetadata().setResourceVersion(Integer.toString(version));
    vm.setSpec(new VmSpec(new VmSpec.Source("test", "default", "k")));
    return vm;
  }
}
