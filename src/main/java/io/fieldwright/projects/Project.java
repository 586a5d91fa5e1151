package io.fieldwright.projects;

import io.fieldwright.people.Person;
import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Work of one type at many sites for one client, under one manager. */
@Entity
public class Project extends TenantOwned {

    /** How far the design is; work on site belongs to {@link #EXECUTION} but is not held up by the others. */
    public enum DesignPhase {
        SURVEY,
        DESIGN,
        APPROVED,
        EXECUTION
    }

    /** Which process does the work at a site; the site lifecycle calls it. */
    public enum WorkType {
        DISMANTLE("dismantle"),
        FIELD_VERIFICATION("field-verification");

        private final String word;

        WorkType(String word) {
            this.word = word;
        }

        /** As models say it. */
        public String word() {
            return word;
        }
    }

    private String code;

    private String name;

    @ManyToOne(optional = false)
    @JoinColumn(name = "client_id")
    private Client client;

    @ManyToOne(optional = false)
    @JoinColumn(name = "manager_id")
    private Person manager;

    @Enumerated(EnumType.STRING)
    private DesignPhase designPhase;

    @Enumerated(EnumType.STRING)
    private WorkType workType;

    private boolean clientAcceptance;

    @Column(name = "required_skill")
    private @Nullable String requiredSkill;

    private LocalDate startsOn;

    private @Nullable LocalDate endsOn;

    @SuppressWarnings("NullAway.Init")
    protected Project() {}

    Project(String tenantId, String code, Projects.Description description, Client client, Person manager) {
        super(tenantId);
        this.code = code;
        this.client = client;
        change(description, manager);
    }

    void change(Projects.Description description, Person manager) {
        this.name = description.name();
        this.manager = manager;
        this.designPhase = description.designPhase();
        this.workType = description.workType();
        this.clientAcceptance = description.clientAcceptance();
        this.requiredSkill = description.requiredSkill();
        this.startsOn = description.startsOn();
        this.endsOn = description.endsOn();
    }

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    public Client client() {
        return client;
    }

    public Person manager() {
        return manager;
    }

    public DesignPhase designPhase() {
        return designPhase;
    }

    public WorkType workType() {
        return workType;
    }

    /** Whether the client accepts each verified site before it is done. */
    public boolean clientAcceptance() {
        return clientAcceptance;
    }

    /** The skill a team should have for this work; null when any team will do. */
    public @Nullable String requiredSkill() {
        return requiredSkill;
    }

    public LocalDate startsOn() {
        return startsOn;
    }

    public @Nullable LocalDate endsOn() {
        return endsOn;
    }
}
