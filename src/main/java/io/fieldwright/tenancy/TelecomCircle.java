package io.fieldwright.tenancy;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import org.hibernate.annotations.Immutable;

/** One of the 22 licensed service areas of India, the same for everybody. */
@Entity
@Immutable
public class TelecomCircle {

    /** How the Department of Telecommunications classes them. */
    public enum Category {
        METRO,
        A,
        B,
        C
    }

    @Id
    private String code;

    private String name;

    @Enumerated(EnumType.STRING)
    private Category category;

    @SuppressWarnings("NullAway.Init")
    protected TelecomCircle() {}

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    public Category category() {
        return category;
    }
}
