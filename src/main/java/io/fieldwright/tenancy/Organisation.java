package io.fieldwright.tenancy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/**
 * A tenant. Its code is chosen once, is part of every tenant id derived from it and never changes; it is what
 * coordinators read in Tasklist and Cockpit.
 */
@Entity
public class Organisation {

    /** What an organisation is to the others (requirements, section 3). */
    public enum Kind {
        CORPORATE,
        CIRCLE,
        VENDOR
    }

    @Id
    private String code;

    @Version
    private @Nullable Long version;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String name;

    @Column(name = "parent_code")
    private @Nullable String parentCode;

    private boolean active = true;

    protected Organisation() {
        this("", Kind.CORPORATE, "", null);
    }

    Organisation(String code, Kind kind, String name, @Nullable String parentCode) {
        this.code = code;
        this.kind = kind;
        this.name = name;
        this.parentCode = parentCode;
    }

    public String code() {
        return code;
    }

    public long version() {
        return version == null ? 0 : version;
    }

    public Kind kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    public @Nullable String parentCode() {
        return parentCode;
    }

    public boolean active() {
        return active;
    }
}
