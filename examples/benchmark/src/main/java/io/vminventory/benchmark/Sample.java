package io.vminventory.benchmark;

import java.time.Duration;

/**
 * What one round cost this process; peers in processes of their own do not count.
 *
 * @param wall from its begin to its end
 * @param cpu processor time of all threads, those of the collector and the compiler included
 * @param allocatedBytes of all threads that live at the end; those that ended meanwhile are missed
 * @param peakHeapBytes the most that was on the heap, garbage included
 */
record Sample(Duration wall, Duration cpu, long allocatedBytes, long peakHeapBytes) {}
