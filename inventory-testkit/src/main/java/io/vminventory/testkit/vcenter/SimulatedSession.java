package io.vminventory.testkit.vcenter;

import java.time.Instant;

/**
 * An open session, as {@link VcenterSimulator#sessions()} tells of it.
 *
 * @param key its key in the session list
 * @param user who logged in
 * @param loginTime when
 * @param views how many container views it has
 * @param collectors how many property collectors it made
 */
public record SimulatedSession(
    String key, String user, Instant loginTime, int views, int collectors) {}
