package io.fieldwright.api;

import java.util.List;
import java.util.function.Function;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/** The one shape of every list: {@code page} counts from 0, {@code total} counts all rows the caller may see. */
public record Listing<T>(List<T> items, int page, int size, long total) {

    public static <S, T> Listing<T> of(Page<S> page, Function<? super S, ? extends T> view) {
        return new Listing<>(
                page.getContent().stream().<T>map(view).toList(),
                page.getNumber(),
                page.getSize(),
                page.getTotalElements());
    }

    /**
     * The page asked for, if it is sorted by what a list may be sorted by.
     *
     * @throws Problem 400 naming {@code sort} when it names anything but {@code properties}, or {@code page} when it is
     *     farther than any list is long
     */
    public static Pageable sortable(Pageable page, String... properties) {
        if (page.isPaged() && page.getOffset() > Integer.MAX_VALUE - page.getPageSize()) {
            throw Problem.invalid("page", "is beyond the end of any list");
        }
        List<String> known = List.of(properties);
        for (Sort.Order order : page.getSort()) {
            if (!known.contains(order.getProperty())) {
                throw Problem.invalid("sort", "must be one of " + String.join(", ", known));
            }
        }
        return page;
    }
}
