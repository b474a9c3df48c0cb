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

/** Meter of the processor time and memory of this process. Resident memory needs Linux. */
final class ProcessMeter {

  /** Work to measure. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final List<MemoryPoolMXBean> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private ProcessMeter() {}

  /**
   * Runs the task, and returns its cost. Garbage is collected before, outside the measured time.
   */
  static Round measure(Task task) throws Exception {
    System.gc();
    HEAP.forEach(MemoryPoolMXBean::resetPeakUsage);
    Map<Long, Long> allocatedBefore = allocatedByThread();
    long cpuBefore = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    task.run();
    long wallTime = System.nanoTime() - start;
    long cpuTime = SYSTEM.getProcessCpuTime() - cpuBefore;
    return new Round(
        Duration.ofNanos(wallTime),
        Duration.ofNanos(cpuTime),
        allocatedBetween(allocatedBefore, allocatedByThread()),
        HEAP.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum());
  }

  /** Heap in use after a collection, in bytes. */
  static long liveHeapBytes() {
    // The first collection clears references; the second collects what only they referred to.
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Resident memory of this process in KiB: {@code VmRSS}, or {@code VmHWM} for the peak. */
  static long residentKiB(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static Map<Long, Long> allocatedByThread() {
    long[] ids = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(ids);
    Map<Long, Long> byThread = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      byThread.put(ids[i], bytes[i]);
    }
    return byThread;
  }

  /** Bytes allocated by the threads that are alive at the end; an ended thread has no count. */
  static long allocatedBetween(Map<Long, Long> before, Map<Long, Long> after) {
    return after.entrySet().stream()
        .mapToLong(now -> Math.max(0, now.getValue() - before.getOrDefault(now.getKey(), 0L)))
        .sum();
  }
}
