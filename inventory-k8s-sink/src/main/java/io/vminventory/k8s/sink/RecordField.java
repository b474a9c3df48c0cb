package io.vminventory.k8s.sink;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One of the facts for which a record is written when it differs.
 *
 * @param name its name, as in the record
 * @param value reads it; {@code null} if there is none. What it returns must have {@code equals}
 *     and a {@code toString} for people; lists and what is in them, too
 * @param <F> the facts of a record
 */
public record RecordField<F>(String name, Function<F, @Nullable Object> value) {}
