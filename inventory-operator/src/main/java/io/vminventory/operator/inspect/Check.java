package io.vminventory.operator.inspect;

import io.vminventory.api.Finding;

/**
 * A finding and where it belongs.
 *
 * @param area what it is a part of, such as {@code rights}
 */
public record Check(String area, Finding finding) {}
