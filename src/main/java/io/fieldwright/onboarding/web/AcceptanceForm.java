package io.fieldwright.onboarding.web;

import io.fieldwright.api.Problem;
import io.fieldwright.onboarding.Invitation;
import io.fieldwright.tenancy.ComplianceDocument;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * The fields of the page, named as in {@link AcceptanceRequest}: what was entered in each and what is wrong with it. It
 * has a group of fields for each kind of document, of which the empty ones are not sent on.
 */
final class AcceptanceForm {

    /** A kind of document and the number of its group of fields. */
    record Row(int number, String label, boolean mandatory, boolean expires) {}

    private static final Pattern SENT_ROW = Pattern.compile("documents\\[(\\d+)](.*)");
    private static final Map<String, String> LABELS = Map.of(
            "organisation.name", "Name",
            "organisation.code", "Short code",
            "administrator.name", "Full name",
            "administrator.username", "Username",
            "administrator.password", "Password",
            "documents", "Documents");
    private static final Map<String, String> DOCUMENT_LABELS = Map.of(
            "number", "Number",
            "issuer", "Issued by",
            "issuedOn", "Issued on",
            "expiresOn", "Valid until");
    private static final Map<String, String> TITLES = titles();
    private static final String UNSTORABLE = "contains a character that cannot be stored";

    private final Invitation invitation;
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> errors = new LinkedHashMap<>();
    private final List<Integer> sentRows = new ArrayList<>();

    private AcceptanceForm(Invitation invitation) {
        this.invitation = invitation;
    }

    /** As it is first shown. */
    static AcceptanceForm empty(Invitation invitation) {
        AcceptanceForm form = new AcceptanceForm(invitation);
        form.values.put("organisation.name", invitation.name());
        form.values.put("organisation.code", invitation.proposedCode() == null ? "" : invitation.proposedCode());
        return form;
    }

    /** As it was filled in. */
    static AcceptanceForm filled(Invitation invitation, Map<String, String> entered) {
        AcceptanceForm form = new AcceptanceForm(invitation);
        entered.forEach((field, value) -> {
            form.values.put(field, value.strip());
            if (value.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
                form.errors.put(field, UNSTORABLE);
            }
        });
        form.values.put("administrator.password", entered.getOrDefault("administrator.password", ""));
        return form;
    }

    AcceptanceRequest request(String token) {
        boolean first = isFirstAnswer();
        return new AcceptanceRequest(
                token,
                first
                        ? new AcceptanceRequest.NewOrganisation(value("organisation.code"), value("organisation.name"))
                        : null,
                first
                        ? new AcceptanceRequest.NewAdministrator(
                                value("administrator.username"),
                                value("administrator.password"),
                                value("administrator.name"))
                        : null,
                documents());
    }

    private List<AcceptanceRequest.NewDocument> documents() {
        List<AcceptanceRequest.NewDocument> documents = new ArrayList<>();
        for (ComplianceDocument.Kind kind : ComplianceDocument.Kind.values()) {
            String group = group(kind);
            if (DOCUMENT_LABELS.keySet().stream()
                    .anyMatch(field -> !value(group + field).isEmpty())) {
                sentRows.add(kind.ordinal());
                documents.add(new AcceptanceRequest.NewDocument(
                        kind,
                        value(group + "number"),
                        value(group + "issuer"),
                        date(group + "issuedOn"),
                        date(group + "expiresOn")));
            }
        }
        return documents;
    }

    private @Nullable LocalDate date(String field) {
        String text = value(field);
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException notADate) {
            refuse(field, "must be a date such as 2026-03-31");
            return null;
        }
    }

    private String value(String field) {
        return values.getOrDefault(field, "");
    }

    /** Notes what is wrong with a field of the request; the first thing said of a field stays. */
    void refuse(String field, String reason) {
        errors.putIfAbsent(field, reason);
    }

    /** As {@link #refuse(String, String)}, of a field in the words of the request that was sent. */
    void refuseSent(String field, String reason) {
        Matcher sent = SENT_ROW.matcher(field);
        refuse(
                sent.matches()
                        ? "documents[%d]%s".formatted(sentRows.get(Integer.parseInt(sent.group(1))), sent.group(2))
                        : field,
                reason);
    }

    void refuseSent(Problem problem) {
        problem.errors().forEach(error -> refuseSent(error.field(), error.reason()));
    }

    boolean isRefused() {
        return !errors.isEmpty();
    }

    public Invitation invitation() {
        return invitation;
    }

    /** Whether the organisation has still to say who it is. */
    public boolean isFirstAnswer() {
        return invitation.organisationCode() == null;
    }

    /** What to put into a field; a password is entered anew. */
    public String shown(String field) {
        return field.endsWith("password") ? "" : value(field);
    }

    /** What a field is called where it stands on the page. */
    public String label(String field) {
        return LABELS.getOrDefault(field, DOCUMENT_LABELS.get(field.substring(field.indexOf('.') + 1)));
    }

    /** The same away from there, with its document in front; null for what is no field of the page. */
    public @Nullable String title(String field) {
        return TITLES.get(field);
    }

    private static Map<String, String> titles() {
        Map<String, String> titles = new HashMap<>(LABELS);
        for (ComplianceDocument.Kind kind : ComplianceDocument.Kind.values()) {
            DOCUMENT_LABELS.forEach((field, label) ->
                    titles.put(group(kind) + field, StringUtils.capitalize(kind.label()) + ", " + label));
        }
        return titles;
    }

    private static String group(ComplianceDocument.Kind kind) {
        return "documents[%d].".formatted(kind.ordinal());
    }

    public @Nullable String error(String field) {
        return errors.get(field);
    }

    public Map<String, String> errors() {
        return errors;
    }

    public List<Row> rows() {
        return Arrays.stream(ComplianceDocument.Kind.values())
                .map(kind ->
                        new Row(kind.ordinal(), kind.label(), kind.mandatoryFor(invitation.kind()), kind.expires()))
                .toList();
    }
}
