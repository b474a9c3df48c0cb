package io.vminventory.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class MirrorThreadsTest {

  @Test
  void aThreadIsNamedAndKeepsNoProcessAlive() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    Thread thread = MirrorThreads.unstarted("mirror-default/test", ran::countDown);
    assertThat(thread.getName()).isEqualTo("mirror-default/test");
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.isAlive()).isFalse();
    thread.start();
    assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void threadsAreVirtualWhereTheyNeverPin() {
    Thread thread = MirrorThreads.unstarted("mirror-default/test", () -> {});
    boolean virtual = !thread.getClass().equals(Thread.class);
    assertThat(virtual).isEqualTo(Runtime.version().feature() >= 24);
  }
}
