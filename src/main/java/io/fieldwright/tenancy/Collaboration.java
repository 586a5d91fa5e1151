package io.fieldwright.tenancy;

import java.util.List;
import java.util.stream.Stream;

/**
 * In whose company work happens: an organisation alone, or with a vendor it engaged, and so on down the chain of those
 * that vendors engaged in turn. The owner stands first. Its {@link #tenantId()} is the tenant of our rows and of the
 * engine's alike, such as {@code maharashtra~vertex}.
 */
public record Collaboration(List<String> organisations) {

    private static final String WITH = "~";

    public Collaboration {
        organisations = List.copyOf(organisations);
    }

    public static Collaboration of(String owner) {
        return new Collaboration(List.of(owner));
    }

    public static Collaboration parse(String tenantId) {
        return new Collaboration(List.of(tenantId.split(WITH, -1)));
    }

    /** The same, with one more vendor at its end. */
    public Collaboration with(String vendor) {
        return new Collaboration(
                Stream.concat(organisations.stream(), Stream.of(vendor)).toList());
    }

    public String owner() {
        return organisations.get(0);
    }

    /** Whether the owner works by itself. */
    public boolean isAlone() {
        return organisations.size() == 1;
    }

    /** Who does the work: the last vendor, or an owner that is alone. */
    public String worker() {
        return organisations.get(organisations.size() - 1);
    }

    public String tenantId() {
        return String.join(WITH, organisations);
    }
}
