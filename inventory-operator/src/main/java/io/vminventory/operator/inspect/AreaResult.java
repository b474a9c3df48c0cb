package io.vminventory.operator.inspect;

import io.vminventory.api.CheckResult;

/**
 * Result of a check, with its area.
 *
 * @param area the part of the report, such as {@code rights}
 */
public record AreaResult(String area, CheckResult result) {}
