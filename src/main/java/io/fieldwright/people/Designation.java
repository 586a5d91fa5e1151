package io.fieldwright.people;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;

/** What somebody is in their organisation: which tasks they are asked to do and what they may do over the API. */
@Entity
public class Designation extends TenantOwned {

    private String code;

    private String name;

    @Column(name = "parent_id")
    private @Nullable UUID parentId;

    @ElementCollection
    @BatchSize(size = 100)
    @CollectionTable(name = "designation_candidate_group", joinColumns = @JoinColumn(name = "designation_id"))
    @Column(name = "candidate_group")
    private Set<String> candidateGroups = new HashSet<>();

    @ElementCollection
    @BatchSize(size = 100)
    @CollectionTable(name = "designation_permission", joinColumns = @JoinColumn(name = "designation_id"))
    @Column(name = "permission")
    private Set<String> permissions = new HashSet<>();

    protected Designation() {
        this("", "", "", null, Set.of(), Set.of());
    }

    Designation(
            String tenantId,
            String code,
            String name,
            @Nullable UUID parentId,
            Set<CandidateGroup> candidateGroups,
            Set<Permission> permissions) {
        super(tenantId);
        this.code = code;
        this.name = name;
        this.parentId = parentId;
        candidateGroups.forEach(group -> this.candidateGroups.add(group.id()));
        permissions.forEach(permission -> this.permissions.add(permission.id()));
    }

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    public @Nullable UUID parentId() {
        return parentId;
    }

    public Set<String> candidateGroups() {
        return Set.copyOf(candidateGroups);
    }

    public Set<String> permissions() {
        return Set.copyOf(permissions);
    }
}
