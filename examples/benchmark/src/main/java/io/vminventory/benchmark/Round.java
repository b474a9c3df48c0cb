package io.vminventory.benchmark;

import java.time.Duration;

/**
 * Cost of one round to this process, without that of peers in separate processes.
 *
 * @param wallTime from start to end
 * @param cpuTime processor time of all threads, including the garbage collector and the compiler
 * @param allocatedBytes by all threads that are alive at the end, not by those that ended
 * @param peakHeapBytes peak heap usage, including garbage
 */
record Round(Duration wallTime, Duration cpuTime, long allocatedBytes, long peakHeapBytes) {}
