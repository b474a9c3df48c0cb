package io.vminventory.testkit.vcenter;

import java.time.Instant;

/**
 * Open session of the simulator.
 *
 * @param key its key in the session list
 * @param user the user who logged in
 * @param loginTime the time of the login
 * @param views the number of its container views
 * @param collectors the number of property collectors it created
 */
public record SimulatedSession(
    String key, String user, Instant loginTime, int views, int collectors) {}
