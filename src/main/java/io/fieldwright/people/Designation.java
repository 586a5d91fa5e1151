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

    private @Nullable String template;

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
        this("", "", null, new Designations.Description("", null, Set.of(), Set.of()));
    }

    Designation(String tenantId, String code, @Nullable String template, Designations.Description description) {
        super(tenantId);
        this.code = code;
        this.template = template;
        this.name = description.name();
        change(description);
    }

    void change(Designations.Description description) {
        name = description.name();
        parentId = description.reportsTo();
        candidateGroups.clear();
        candidateGroups.addAll(description.candidateGroups());
        permissions.clear();
        permissions.addAll(description.permissions());
    }

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    /** The code of the {@link DesignationTemplate} it was made from, if any. */
    public @Nullable String template() {
        return template;
    }

    /** The designation this one reports to. */
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
