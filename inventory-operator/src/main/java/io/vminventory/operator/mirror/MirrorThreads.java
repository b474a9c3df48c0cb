package io.vminventory.operator.mirror;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Factory of the threads of mirrors: virtual ones from Java 24 on, else daemons with a small stack.
 *
 * <p>Mirrors wait most of the time, and there may be hundreds. Virtual threads of Java 21 to 23 are
 * not used: a virtual thread that waits inside {@code synchronized} pins its carrier thread there,
 * there are only as many carriers as processors, and libraries below providers and sinks may wait
 * like that.
 */
final class MirrorThreads {

  private static final int FIRST_JAVA_WITHOUT_PINNING = 24;

  /** A bound, not a cost: only the used part of a stack takes memory. */
  private static final long STACK_BYTES = 512 * 1024;

  private MirrorThreads() {}

  /** A thread with this name for this task; the caller starts it and waits for its end. */
  static Thread unstarted(String name, Runnable task) {
    Thread thread = virtual(task).orElseGet(() -> daemon(task));
    thread.setName(name);
    return thread;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(null, task, "mirror", STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  /** {@code Thread.ofVirtual().unstarted(task)}, which Java 17 does not know. */
  private static Optional<Thread> virtual(Runnable task) {
    if (Runtime.version().feature() < FIRST_JAVA_WITHOUT_PINNING) {
      return Optional.empty();
    }
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Method unstarted =
          Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class);
      return Optional.of((Thread) unstarted.invoke(builder, task));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }
}
