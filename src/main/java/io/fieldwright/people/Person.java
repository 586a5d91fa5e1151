package io.fieldwright.people;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;

/** Somebody who signs in; the username is unique across all tenants and is the engine's user id. */
@Entity
public class Person extends TenantOwned {

    private String username;

    private String name;

    private @Nullable String email;

    private @Nullable String phone;

    private String language;

    private String passwordHash;

    private boolean active = true;

    @ManyToMany
    @BatchSize(size = 100)
    @JoinTable(
            name = "person_designation",
            joinColumns = @JoinColumn(name = "person_id"),
            inverseJoinColumns = @JoinColumn(name = "designation_id"))
    private Set<Designation> designations = new HashSet<>();

    protected Person() {
        this("", "", "", null, null, "en", "");
    }

    Person(
            String tenantId,
            String username,
            String name,
            @Nullable String email,
            @Nullable String phone,
            String language,
            String passwordHash) {
        super(tenantId);
        this.username = username;
        this.name = name;
        this.email = email;
        this.phone = phone;
        this.language = language;
        this.passwordHash = passwordHash;
    }

    void designate(Collection<Designation> designations) {
        this.designations.clear();
        this.designations.addAll(designations);
    }

    void replacePassword(String passwordHash) {
        this.passwordHash = passwordHash;
    }

    void change(String name, @Nullable String email, @Nullable String phone, String language, boolean active) {
        this.name = name;
        this.email = email;
        this.phone = phone;
        this.language = language;
        this.active = active;
    }

    public String username() {
        return username;
    }

    public String name() {
        return name;
    }

    public @Nullable String email() {
        return email;
    }

    public @Nullable String phone() {
        return phone;
    }

    /** The language of messages to this person, an ISO 639-1 code. */
    public String language() {
        return language;
    }

    public boolean active() {
        return active;
    }

    public Set<Designation> designations() {
        return Set.copyOf(designations);
    }
}
