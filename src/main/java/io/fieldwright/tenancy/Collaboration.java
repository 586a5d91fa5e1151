package io.fieldwright.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * In whose company work happens: an organisation alone, or a circle together with a vendor it engaged. Its
 * {@link #tenantId()} is the tenant of our rows and of the engine's alike, such as {@code maharashtra~vertex}.
 */
public record Collaboration(String owner, @Nullable String vendor) {

    private static final char WITH = '~';

    public static Collaboration of(String owner) {
        return new Collaboration(owner, null);
    }

    public static Collaboration parse(String tenantId) {
        int with = tenantId.indexOf(WITH);
        return with < 0 ? of(tenantId) : new Collaboration(tenantId.substring(0, with), tenantId.substring(with + 1));
    }

    /** The same owner, now working with the organisation {@code worker}; the owner's own people need no vendor. */
    public Collaboration with(String worker) {
        return worker.equals(owner) ? of(owner) : new Collaboration(owner, worker);
    }

    public String tenantId() {
        return vendor == null ? owner : owner + WITH + vendor;
    }
}
