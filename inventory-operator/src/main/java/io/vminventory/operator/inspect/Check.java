package io.vminventory.operator.inspect;

import io.vminventory.api.CheckResult;

/**
 * A finding and where it belongs.
 *
 * @param area what it is a part of, such as {@code rights}
 */
public record Check(String area, CheckResult finding) {}
