package io.fieldwright.login;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;

/** What a system calls with on behalf of a person: some of their permissions, until it expires or is revoked. */
@Entity
public class ApiKey extends TenantOwned {

    private String username;

    private String name;

    private byte[] secretHash;

    @ElementCollection
    @BatchSize(size = 100)
    @CollectionTable(name = "api_key_scope", joinColumns = @JoinColumn(name = "api_key_id"))
    @Column(name = "permission")
    private Set<String> scopes = new HashSet<>();

    private boolean tasks;

    private String createdBy;

    private Instant createdAt;

    private @Nullable Instant expiresAt;

    private @Nullable Instant lastUsedAt;

    private @Nullable Instant revokedAt;

    protected ApiKey() {
        this("", "", "", new byte[0], Set.of(), false, "", Instant.EPOCH, null);
    }

    ApiKey(
            String tenantId,
            String username,
            String name,
            byte[] secretHash,
            Set<String> scopes,
            boolean tasks,
            String createdBy,
            Instant createdAt,
            @Nullable Instant expiresAt) {
        super(tenantId);
        this.username = username;
        this.name = name;
        this.secretHash = secretHash;
        this.scopes.addAll(scopes);
        this.tasks = tasks;
        this.createdBy = createdBy;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    void revoke(Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
        }
    }

    boolean isValidAt(Instant now) {
        return revokedAt == null && (expiresAt == null || expiresAt.isAfter(now));
    }

    byte[] secretHash() {
        return secretHash.clone();
    }

    /** Of the person on whose behalf it calls. */
    public String username() {
        return username;
    }

    public String name() {
        return name;
    }

    /** Ids of permissions; those that the person no longer has do not count. */
    public Set<String> scopes() {
        return Set.copyOf(scopes);
    }

    /** Whether it may work on the person's tasks. */
    public boolean tasks() {
        return tasks;
    }

    public String createdBy() {
        return createdBy;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    /** When it was last used, to the hour. */
    public @Nullable Instant lastUsedAt() {
        return lastUsedAt;
    }

    public @Nullable Instant revokedAt() {
        return revokedAt;
    }
}
