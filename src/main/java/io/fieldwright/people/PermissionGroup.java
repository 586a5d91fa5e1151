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
import org.hibernate.annotations.BatchSize;

/** Permissions that some people of an organisation have beside those of their designations. */
@Entity
public class PermissionGroup extends TenantOwned {

    private String code;

    private String name;

    @ElementCollection
    @BatchSize(size = 100)
    @CollectionTable(name = "permission_group_permission", joinColumns = @JoinColumn(name = "permission_group_id"))
    @Column(name = "permission")
    private Set<String> permissions = new HashSet<>();

    @ManyToMany
    @BatchSize(size = 100)
    @JoinTable(
            name = "permission_group_member",
            joinColumns = @JoinColumn(name = "permission_group_id"),
            inverseJoinColumns = @JoinColumn(name = "person_id"))
    private Set<Person> members = new HashSet<>();

    protected PermissionGroup() {
        this("", "");
    }

    PermissionGroup(String tenantId, String code) {
        super(tenantId);
        this.code = code;
        this.name = "";
    }

    void change(String name, Set<String> permissions, Collection<Person> members) {
        this.name = name;
        this.permissions.clear();
        this.permissions.addAll(permissions);
        this.members.clear();
        this.members.addAll(members);
    }

    void dismiss(Collection<Person> people) {
        members.removeAll(people);
    }

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    public Set<String> permissions() {
        return Set.copyOf(permissions);
    }

    public Set<Person> members() {
        return Set.copyOf(members);
    }
}
