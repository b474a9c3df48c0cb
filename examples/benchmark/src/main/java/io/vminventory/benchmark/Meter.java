package io.vminventory.benchmark;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what this process costs, off the JVM and off Linux. */
final class Meter {

  /** Something to be measured. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final List<MemoryPoolMXBean> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private Meter() {}

  /** Works, and tells what that has cost. The heap is collected before, not within. */
  static Sample measure(Work work) throws Exception {
    System.gc();
    HEAP.forEach(MemoryPoolMXBean::resetPeakUsage);
    Map<Long, Long> allocated = allocated();
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    work.run();
    long wall = System.nanoTime() - start;
    long cpuUsed = SYSTEM.getProcessCpuTime() - cpu;
    return new Sample(
        Duration.ofNanos(wall),
        Duration.ofNanos(cpuUsed),
        between(allocated, allocated()),
        HEAP.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum());
  }

  /** What is on the heap and used, in bytes. */
  static long liveHeapBytes() {
    // What the first run makes unreachable by way of references, the second collects.
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Resident memory of this process in KiB, as {@code VmRSS}, or {@code VmHWM} for the peak. */
  static long residentKiB(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static Map<Long, Long> allocated() {
    long[] ids = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(ids);
    Map<Long, Long> byThread = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      byThread.put(ids[i], bytes[i]);
    }
    return byThread;
  }

  /** By thread, since a thread that has ended takes its count with it. */
  static long between(Map<Long, Long> before, Map<Long, Long> after) {
    return after.entrySet().stream()
        .mapToLong(now -> Math.max(0, now.getValue() - before.getOrDefault(now.getKey(), 0L)))
        .sum();
  }
}
