package io.fieldwright.processes;

import static io.fieldwright.RoleHolders.username;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.fieldwork.Capture;
import io.fieldwright.fieldwork.EvidenceContent;
import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.FieldOrder;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.fieldwork.GpsFix;
import io.fieldwright.files.Files;
import io.fieldwright.files.NewFile;
import io.fieldwright.files.StoredFile;
import io.fieldwright.people.Team;
import io.fieldwright.projects.Project;
import io.fieldwright.projects.Projects;
import io.fieldwright.tenancy.TenantScope;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/** A site to verify, with a boundary of 50 m around it, and an engineer who captures evidence there. */
@Component
@Scope("prototype")
public class Visit {

    private static final String BOUNDARY =
            """
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [73.8567, 18.5204]},
             "properties": {"radiusMetres": 50}}""";

    @Autowired
    FieldTasks fieldTasks;

    @Autowired
    Executions executions;

    @Autowired
    Files files;

    @Autowired
    Projects projects;

    @Autowired
    ObjectMapper json;

    public Field field;
    Project project;
    private Random random = new Random(7);

    Visit(ObjectProvider<Field> fields) {
        field = fields.getObject();
    }

    Visit furnish() {
        field.furnish();
        field.holders.appoint(field.circle, "supervisor");
        field.holders.appoint(field.circle, "client");
        project = project("SURVEY", false);
        drawBoundary();
        return this;
    }

    Project project(String code, boolean clientAcceptance) {
        return projects.create(
                field.circle,
                code,
                "tower-company",
                new Projects.Description(
                        "Survey " + code,
                        username(field.circle, "project-manager"),
                        Project.DesignPhase.EXECUTION,
                        Project.WorkType.FIELD_VERIFICATION,
                        clientAcceptance,
                        null,
                        LocalDate.of(2026, 1, 1),
                        null));
    }

    void drawBoundary() {
        try {
            field.sites.draw(field.site.id(), "*", json.readTree(BOUNDARY));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Orders the verification by the vendor's crew, as an external system does; with what the site's equipment asks for. */
    FieldTask order(boolean clientAcceptance) {
        return order(field.vendorCrew, clientAcceptance);
    }

    /** Orders the verification of one more site. */
    FieldTask orderAt(String code) {
        field.site = field.site(code, false);
        drawBoundary();
        return order(false);
    }

    FieldTask order(Team team, boolean clientAcceptance) {
        Instant now = Instant.now();
        FieldTask task = field.as(
                "coordinator",
                () -> fieldTasks.order(new FieldOrder(
                        project.id(),
                        field.site.id(),
                        team.id(),
                        null,
                        now,
                        now.plus(FieldTasks.VISIT_WINDOW),
                        null,
                        clientAcceptance)));
        field.runJobs(task.businessKey());
        return task;
    }

    String engineer() {
        return username(field.vendor, "field-engineer");
    }

    FieldTask now(FieldTask task) {
        return TenantScope.asSystem(() -> fieldTasks.get(task.id()));
    }

    Execution execution(FieldTask task) {
        return TenantScope.asSystem(() -> {
            List<Execution> all = executions.of(task.id());
            return all.get(all.size() - 1);
        });
    }

    List<UUID> photosOf(Execution execution) {
        return TenantScope.asSystem(() -> executions.counting(execution).stream()
                .filter(piece -> piece.content() instanceof EvidenceContent.Photo)
                .flatMap(piece -> piece.file().stream())
                .toList());
    }

    void accept(FieldTask task) {
        field.completeAs(engineer(), task.businessKey(), "Task_AcceptFieldTask", "answer", "accept");
    }

    /**
     * The supervisor wants some of the evidence once more.
     *
     * @param items the kinds of it, as the form names them
     */
    void askAgain(FieldTask task, String items, String reason) {
        field.complete(
                "supervisor",
                task.businessKey(),
                "Task_ReviewEvidence",
                "answer",
                "again",
                "items",
                items,
                "againReason",
                reason);
    }

    /** What an engineer captures; the defaults are what nobody could object to. */
    public final class Evidence {

        private final FieldTask task;
        private final List<Capture> captures = new ArrayList<>();
        private final List<Capture> leftOut = new ArrayList<>();
        private final UUID execution = UUID.randomUUID();
        private String engineer = engineer();
        private Duration clockOffset = Duration.ZERO;
        private Duration ago = Duration.ZERO;

        Evidence(FieldTask task) {
            this.task = task;
        }

        Evidence by(String username) {
            engineer = username;
            return this;
        }

        Evidence withClockBehind(Duration offset) {
            clockOffset = offset;
            return this;
        }

        /** What follows is captured so long before it is sent; negative for afterwards. */
        Evidence capturedAgo(Duration ago) {
            this.ago = ago;
            return this;
        }

        Instant deviceTime() {
            return Instant.now().minus(clockOffset).minus(ago);
        }

        Instant firstCapture() {
            return captures.get(0).at();
        }

        Instant lastCapture() {
            return captures.get(captures.size() - 1).at();
        }

        Evidence add(EvidenceContent content) {
            captures.add(new Capture(UUID.randomUUID(), deviceTime(), clockOffset, content));
            return this;
        }

        /** Captures a photo that the engineer does not stand for in the end. */
        Evidence photoLeftOut() {
            EvidenceContent photo = new EvidenceContent.Photo(uploadedPhoto(), null);
            leftOut.add(new Capture(UUID.randomUUID(), deviceTime(), clockOffset, photo));
            return this;
        }

        Evidence fix(double latitude, double longitude, double accuracyMetres) {
            return add(new GpsFix(latitude, longitude, accuracyMetres, deviceTime(), false));
        }

        Evidence fixAtTheSite() {
            return fix(field.site.latitude(), field.site.longitude(), 5);
        }

        Evidence photos(int number) {
            for (int photo = 0; photo < number; photo++) {
                add(new EvidenceContent.Photo(upload(StoredFile.Kind.PHOTO, picture()), null));
            }
            return this;
        }

        Evidence photo(UUID file) {
            return add(new EvidenceContent.Photo(file, null));
        }

        Evidence label(UUID file) {
            return add(new EvidenceContent.Serial(null, EvidenceContent.Serial.Method.PHOTO, file));
        }

        Evidence serials(String... serialNumbers) {
            for (String serialNumber : serialNumbers) {
                add(new EvidenceContent.Serial(serialNumber, EvidenceContent.Serial.Method.SCANNED, null));
            }
            return this;
        }

        Evidence allSerials() {
            return serials(
                    field.radios.stream().map(EquipmentItem::serialNumber).toArray(String[]::new));
        }

        Evidence signature() {
            return add(
                    new EvidenceContent.Signature("S. Keeper", upload(StoredFile.Kind.SIGNATURE, png()), null, null));
        }

        Evidence answer(String question, String value) {
            return add(new EvidenceContent.Answer(question, value, null));
        }

        /** All that the site's equipment asks for. */
        Evidence complete() {
            return fixAtTheSite().photos(5).allSerials().signature();
        }

        UUID uploadedPhoto() {
            return upload(StoredFile.Kind.PHOTO, picture());
        }

        UUID uploadedSignature() {
            return upload(StoredFile.Kind.SIGNATURE, png());
        }

        UUID upload(StoredFile.Kind kind, byte[] content) {
            return upload(UUID.randomUUID(), kind, content);
        }

        /** Under the id that the device made for it. */
        UUID upload(UUID id, StoredFile.Kind kind, byte[] content) {
            return field.asPerson(
                    engineer, () -> files.store(new NewFile(id, task.tenantId(), kind, "evidence"), content)
                            .id());
        }

        /** Sends it in order and announces all of it. */
        UUID submit() {
            return submit(null);
        }

        UUID submit(@Nullable String note) {
            announce(note);
            field.runJobs(task.businessKey());
            return execution;
        }

        /** As {@link #submit}, and nothing comes of it yet. */
        void announce(@Nullable String note) {
            Executions.Origin origin = new Executions.Origin(task.id(), execution, null);
            field.asPerson(engineer, () -> {
                executions.start(origin, now(task).round(), deviceTime(), clockOffset);
                leftOut.forEach(capture -> executions.add(origin, capture));
                captures.forEach(capture -> executions.add(origin, capture));
                return executions.announce(
                        origin,
                        new Executions.Submission(
                                captures.stream().map(Capture::id).toList(),
                                deviceTime().plus(clockOffset),
                                note));
            });
        }
    }

    Evidence evidence(FieldTask task) {
        return new Evidence(task);
    }

    /** A photo unlike all others. */
    byte[] picture() {
        return picture("jpg");
    }

    byte[] picture(String format) {
        BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int patch = 0; patch < 60; patch++) {
            graphics.setColor(new Color(random.nextInt(0x1000000)));
            graphics.fillRect(
                    random.nextInt(300), random.nextInt(220), 20 + random.nextInt(100), 20 + random.nextInt(100));
        }
        graphics.dispose();
        return encoded(image, format);
    }

    private byte[] png() {
        BufferedImage image = new BufferedImage(300, 100, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.drawLine(20, 20, 250, 80);
        graphics.dispose();
        return encoded(image, "png");
    }

    private static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
