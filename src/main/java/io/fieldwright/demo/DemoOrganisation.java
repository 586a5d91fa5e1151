package io.fieldwright.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwright.equipment.CategoryDescription;
import io.fieldwright.equipment.ChecklistQuestion;
import io.fieldwright.equipment.Condition;
import io.fieldwright.equipment.Equipment;
import io.fieldwright.equipment.EquipmentModel;
import io.fieldwright.equipment.ModelDescription;
import io.fieldwright.equipment.NewItem;
import io.fieldwright.equipment.Place;
import io.fieldwright.logistics.Fleet;
import io.fieldwright.logistics.Warehouses;
import io.fieldwright.people.People;
import io.fieldwright.people.Teams;
import io.fieldwright.projects.Project;
import io.fieldwright.projects.Projects;
import io.fieldwright.sites.AccessDetails;
import io.fieldwright.sites.Site;
import io.fieldwright.sites.SiteDescription;
import io.fieldwright.sites.Sites;
import io.fieldwright.tenancy.ComplianceDocument;
import io.fieldwright.tenancy.ComplianceDocuments;
import io.fieldwright.tenancy.Engagements;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A corporate with two circles and two vendors, people for every role, and towers at real places. All of it is one
 * transaction: however a start ends, the next one finds everything or nothing.
 */
@Component
@Profile("demo")
class DemoOrganisation implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(DemoOrganisation.class);

    private static final String CORPORATE = "sahyadri";
    private static final String MAHARASHTRA = "maharashtra";
    private static final String KARNATAKA = "karnataka";
    private static final String VERTEX = "vertex";
    private static final String DECCAN = "deccan";
    private static final String SKILL = "dismantling";
    private static final int BATCH = 50;
    private static final LocalDate START = LocalDate.of(2026, 1, 1);

    private static final List<ChecklistQuestion> RADIO_QUESTIONS = List.of(new ChecklistQuestion(
            "cables-labelled", "Are all cables labelled?", ChecklistQuestion.Kind.YES_NO, List.of(), true));
    private static final List<ChecklistQuestion> BATTERY_QUESTIONS = List.of(
            new ChecklistQuestion(
                    "battery-voltage",
                    "Voltage of the battery in volts",
                    ChecklistQuestion.Kind.NUMBER,
                    List.of(),
                    true),
            new ChecklistQuestion(
                    "battery-state",
                    "How does the battery look?",
                    ChecklistQuestion.Kind.CHOICE,
                    List.of("clean", "corroded", "leaking"),
                    false));

    private final DemoProperties properties;
    private final Organisations organisations;
    private final ComplianceDocuments documents;
    private final Engagements engagements;
    private final People people;
    private final Teams teams;
    private final Sites sites;
    private final Equipment equipment;
    private final Projects projects;
    private final Warehouses warehouses;
    private final Fleet fleet;
    private final EntityManager entities;
    private final Clock clock;

    DemoOrganisation(
            DemoProperties properties,
            Organisations organisations,
            ComplianceDocuments documents,
            Engagements engagements,
            People people,
            Teams teams,
            Sites sites,
            Equipment equipment,
            Projects projects,
            Warehouses warehouses,
            Fleet fleet,
            EntityManager entities,
            Clock clock) {
        this.properties = properties;
        this.organisations = organisations;
        this.documents = documents;
        this.engagements = engagements;
        this.people = people;
        this.teams = teams;
        this.sites = sites;
        this.equipment = equipment;
        this.projects = projects;
        this.warehouses = warehouses;
        this.fleet = fleet;
        this.entities = entities;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        if (organisations.find(CORPORATE).isPresent()) {
            return;
        }
        log.info("Loading the demo organisation; this happens once.");
        organise();
        DemoFile.rows("people.csv").forEach(this::person);
        formTeams();
        DemoFile.rows("warehouses.csv").forEach(this::warehouse);
        DemoFile.rows("vehicles.csv").forEach(this::vehicle);
        startProject(MAHARASHTRA, "meera.project-manager");
        startProject(KARNATAKA, "nandini.project-manager");
        build(MAHARASHTRA);
        build(KARNATAKA);
        log.info("The demo organisation is loaded.");
    }

    private void organise() {
        organisations.create(CORPORATE, Organisation.Kind.CORPORATE, "Sahyadri Towers", null);
        circle(MAHARASHTRA, "Maharashtra & Goa");
        circle(KARNATAKA, "Karnataka");
        organisations.create(VERTEX, Organisation.Kind.VENDOR, "Vertex Field Services", null);
        organisations.create(DECCAN, Organisation.Kind.VENDOR, "Deccan Rigging", null);
        showCompliance(VERTEX);
        showCompliance(DECCAN);
        engagements.engage(MAHARASHTRA, VERTEX, START, null);
        engagements.engage(MAHARASHTRA, DECCAN, START, null);
        engagements.engage(KARNATAKA, DECCAN, START, null);
    }

    /** The telecom circles have the same codes. */
    private void circle(String code, String name) {
        organisations.create(
                code,
                Organisation.Kind.CIRCLE,
                new Organisations.Profile(name, code, false),
                CORPORATE,
                null,
                Organisation.State.ACTIVE);
    }

    private void showCompliance(String vendor) {
        LocalDate issuedOn = LocalDate.now(clock).minusMonths(6);
        for (ComplianceDocument.Kind kind : documents.lacking(vendor)) {
            ComplianceDocument document = documents.submit(
                    vendor,
                    new ComplianceDocuments.Description(
                            kind, "DEMO-" + kind.ordinal(), "demo authority", issuedOn, issuedOn.plusYears(3)));
            documents.approve(vendor, document.id(), "*");
        }
    }

    private void person(CSVRecord row) {
        people.create(
                row.get("organisation"),
                row.get("username"),
                properties.password(),
                new People.Profile(row.get("name"), null, null, "en", true, Set.of(row.get("designation"))));
    }

    private void formTeams() {
        team(MAHARASHTRA, "pune-crew", "Pune crew", "prakash.team-lead", "sachin.field-engineer", 18.52, 73.86);
        team(KARNATAKA, "bengaluru-crew", "Bengaluru crew", "naveen.team-lead", "chetan.field-engineer", 12.97, 77.59);
        team(VERTEX, "vertex-west", "Vertex West", "ravi.team-lead", "arjun.field-engineer", 18.75, 73.41);
        team(DECCAN, "deccan-south", "Deccan South", "mohan.team-lead", "yusuf.field-engineer", 15.35, 75.13);
    }

    private void team(
            String organisation,
            String code,
            String name,
            String lead,
            String engineer,
            double latitude,
            double longitude) {
        teams.create(
                organisation,
                code,
                new Teams.Description(name, lead, Set.of(engineer), Set.of(SKILL), latitude, longitude, true));
    }

    private void warehouse(CSVRecord row) {
        warehouses.create(
                row.get("organisation"),
                row.get("code"),
                new Warehouses.Description(
                        row.get("name"),
                        null,
                        Double.parseDouble(row.get("latitude")),
                        Double.parseDouble(row.get("longitude")),
                        Double.parseDouble(row.get("capacityKilograms")),
                        Set.of(row.get("acceptedKinds").split(" ")),
                        Boolean.parseBoolean(row.get("secure")),
                        null,
                        true));
    }

    private void vehicle(CSVRecord row) {
        fleet.createVehicle(
                row.get("organisation"),
                row.get("registration"),
                new Fleet.VehicleDescription(
                        row.get("name"),
                        Double.parseDouble(row.get("capacityKilograms")),
                        Double.parseDouble(row.get("latitude")),
                        Double.parseDouble(row.get("longitude")),
                        true));
    }

    private void startProject(String circle, String manager) {
        fleet.createCarrier(
                circle, "western-road", new Fleet.CarrierDescription("Western Road Lines", null, null, true));
        fleet.createCarrier(circle, "ghat-haulage", new Fleet.CarrierDescription("Ghat Haulage", null, null, true));
        projects.createClient(circle, "konkan-mobile", "Konkan Mobile", null, "en");
        project(circle, "RECOVERY", "Recovery 2026", manager, Project.WorkType.DISMANTLE, false, SKILL);
        project(circle, "SURVEY", "Survey 2026", manager, Project.WorkType.FIELD_VERIFICATION, true, null);
    }

    private void project(
            String circle,
            String code,
            String name,
            String manager,
            Project.WorkType workType,
            boolean clientAcceptance,
            @Nullable String skill) {
        projects.create(
                circle,
                code,
                "konkan-mobile",
                new Projects.Description(
                        name, manager, Project.DesignPhase.EXECUTION, workType, clientAcceptance, skill, START, null));
    }

    /** The circle's towers, each with two radios and a battery. */
    private void build(String circle) {
        category(circle, "radio", "Radio unit", "electronics", "40000.00", 25, 0.06, RADIO_QUESTIONS);
        category(circle, "battery", "Battery bank", "power", "18000.00", 60, 0.08, BATTERY_QUESTIONS);
        category(circle, "antenna", "Antenna", "electronics", "22000.00", 20, 0.3, List.of());
        category(circle, "feeder", "Feeder cable, per metre", "cable", "150.00", 1, 0.001, List.of());
        category(circle, "steel", "Tower steel, per piece", "structure", "900.00", 15, 0.02, List.of());
        EquipmentModel radio = model(circle, "radio", "Northline", "NL-2217", Map.of("band", "1800 MHz"));
        EquipmentModel battery = model(circle, "battery", "Voltara", "VB-600", Map.of("capacity", "600 Ah"));
        model(circle, "antenna", "Northline", "NA-65", Map.of("gain", "17 dBi"));
        List<NewItem> items = new ArrayList<>();
        for (CSVRecord row : DemoFile.rows("sites-" + circle + ".csv")) {
            if (row.getRecordNumber() % BATCH == 1) {
                forgetWritten();
            }
            Site site = sites.create(circle, description(row));
            sites.draw(site.id(), "*", boundary(site));
            LocalDate inServiceSince = START.minusMonths(6 + row.getRecordNumber() % 60);
            items.add(item(circle, radio, "NL-" + site.code() + "-1", inServiceSince, site));
            items.add(item(circle, radio, "NL-" + site.code() + "-2", inServiceSince, site));
            items.add(item(circle, battery, "VB-" + site.code() + "-1", inServiceSince, site));
        }
        equipment.registerAll(items);
    }

    /** Towers stand on small plots; whoever is within 50 m is at the site. */
    private static JsonNode boundary(Site site) {
        ObjectNode boundary = JsonNodeFactory.instance.objectNode().put("type", "Feature");
        boundary.putObject("geometry")
                .put("type", "Point")
                .putArray("coordinates")
                .add(site.longitude())
                .add(site.latitude());
        boundary.putObject("properties").put("radiusMetres", 50);
        return boundary;
    }

    /** Hibernate looks for changes in all it remembers each time it writes, which would make the load quadratic. */
    private void forgetWritten() {
        entities.flush();
        entities.clear();
    }

    private static SiteDescription description(CSVRecord row) {
        return new SiteDescription(
                row.get("code"),
                row.get("name"),
                row.get("kind"),
                null,
                row.get("address"),
                Double.parseDouble(row.get("latitude")),
                Double.parseDouble(row.get("longitude")),
                true,
                Boolean.parseBoolean(row.get("needsPermit")),
                AccessDetails.NONE);
    }

    private void category(
            String circle,
            String code,
            String name,
            String kind,
            String newPrice,
            double kilograms,
            double cubicMetres,
            List<ChecklistQuestion> checklist) {
        equipment.createCategory(
                circle,
                code,
                new CategoryDescription(
                        name,
                        kind,
                        new BigDecimal(newPrice),
                        "INR",
                        10,
                        5,
                        true,
                        checklist,
                        2,
                        kilograms,
                        cubicMetres));
    }

    private EquipmentModel model(
            String circle, String category, String manufacturer, String name, Map<String, String> specifications) {
        return equipment.createModel(circle, category, new ModelDescription(manufacturer, name, specifications));
    }

    private static NewItem item(
            String circle, EquipmentModel model, String serialNumber, LocalDate inServiceSince, Site site) {
        return new NewItem(
                circle, model.id(), serialNumber, Condition.WORKING, inServiceSince, Place.site(site.id()), "demo");
    }
}
