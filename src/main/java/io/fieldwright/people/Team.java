package io.fieldwright.people;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;

/** People who go to a site together; the lead is a member and answers for the team. */
@Entity
public class Team extends TenantOwned {

    private static final String GROUP_PREFIX = "team:";

    private String code;

    private String name;

    @ManyToOne(optional = false)
    @JoinColumn(name = "lead_id")
    private Person lead;

    private @Nullable Double latitude;

    private @Nullable Double longitude;

    private boolean active = true;

    @ManyToMany
    @BatchSize(size = 100)
    @JoinTable(
            name = "team_member",
            joinColumns = @JoinColumn(name = "team_id"),
            inverseJoinColumns = @JoinColumn(name = "person_id"))
    private Set<Person> members = new HashSet<>();

    @ElementCollection
    @BatchSize(size = 100)
    @CollectionTable(name = "team_skill", joinColumns = @JoinColumn(name = "team_id"))
    @Column(name = "skill")
    private Set<String> skills = new HashSet<>();

    protected Team() {
        this("", "", "", new Person());
    }

    Team(String tenantId, String code, String name, Person lead) {
        super(tenantId);
        this.code = code;
        this.name = name;
        this.lead = lead;
    }

    void change(
            String name,
            Person lead,
            Collection<Person> members,
            Set<String> skills,
            @Nullable Double latitude,
            @Nullable Double longitude,
            boolean active) {
        this.name = name;
        this.lead = lead;
        this.members.clear();
        this.members.addAll(members);
        this.members.add(lead);
        this.skills.clear();
        this.skills.addAll(skills);
        this.latitude = latitude;
        this.longitude = longitude;
        this.active = active;
    }

    /** The engine group that stands for the members of the team {@code id}, so that its tasks follow membership. */
    public static String groupOf(UUID id) {
        return GROUP_PREFIX + id;
    }

    /** The teams among these engine groups. */
    public static List<UUID> idsIn(Collection<String> groups) {
        return groups.stream()
                .filter(group -> group.startsWith(GROUP_PREFIX))
                .map(group -> UUID.fromString(group.substring(GROUP_PREFIX.length())))
                .toList();
    }

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    public Person lead() {
        return lead;
    }

    public Set<Person> members() {
        return Set.copyOf(members);
    }

    public Set<String> skills() {
        return Set.copyOf(skills);
    }

    /** Where the team usually starts from, WGS84 degrees. */
    public @Nullable Double latitude() {
        return latitude;
    }

    public @Nullable Double longitude() {
        return longitude;
    }

    public boolean active() {
        return active;
    }
}
