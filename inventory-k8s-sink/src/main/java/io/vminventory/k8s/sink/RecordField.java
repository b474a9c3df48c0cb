package io.vminventory.k8s.sink;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Field of a record that is compared; a record is written if one of its fields differs.
 *
 * @param name the field's name, as in the record
 * @param value returns the field's value, {@code null} if there is none. Values and the elements of
 *     lists need {@code equals} and a {@code toString} for people
 * @param <F> the facts of a record
 */
public record RecordField<F>(String name, Function<F, @Nullable Object> value) {}
