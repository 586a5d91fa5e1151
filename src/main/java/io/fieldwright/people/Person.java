package io.fieldwright.people;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;

/** Somebody who signs in; the username is unique across all tenants and is the engine's user id. */
@Entity
public class Person extends TenantOwned {

    public static final int LONGEST_USERNAME = 60;

    /** What usernames look like, as a regular expression. */
    public static final String USERNAME = "[a-z][a-z0-9._-]{1," + (LONGEST_USERNAME - 1) + "}";

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

    private @Nullable UUID reportsToId;

    @ElementCollection
    @BatchSize(size = 100)
    @CollectionTable(name = "person_site", joinColumns = @JoinColumn(name = "person_id"))
    @Column(name = "site_id")
    private Set<UUID> sites = new HashSet<>();

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

    void activate(boolean active) {
        this.active = active;
    }

    void reportTo(@Nullable UUID superior) {
        this.reportsToId = superior;
    }

    void limitTo(@Nullable Set<UUID> sites) {
        this.sites.clear();
        if (sites != null) {
            this.sites.addAll(sites);
        }
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

    /** Whose reports this person is one of. */
    public @Nullable UUID reportsToId() {
        return reportsToId;
    }

    /** The sites this person is limited to; null means all that their organisation sees. */
    public @Nullable Set<UUID> sites() {
        return sites.isEmpty() ? null : Set.copyOf(sites);
    }

    /** Whether this person looks after their organisation. */
    boolean administers() {
        return active
                && designations.stream()
                        .anyMatch(designation ->
                                designation.candidateGroups().contains(CandidateGroup.TENANT_ADMIN.id()));
    }
}
