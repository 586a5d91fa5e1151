package io.fieldwright.api;

import java.util.List;
import java.util.function.Function;
import org.springframework.data.domain.Page;

/** The one shape of every list: {@code page} counts from 0, {@code total} counts all rows the caller may see. */
public record Listing<T>(List<T> items, int page, int size, long total) {

    public static <S, T> Listing<T> of(Page<S> page, Function<? super S, ? extends T> view) {
        return new Listing<>(
                page.getContent().stream().<T>map(view).toList(),
                page.getNumber(),
                page.getSize(),
                page.getTotalElements());
    }
}
