package io.fieldwright.notification.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Problem;
import io.fieldwright.notification.NotificationEvent;
import io.fieldwright.notification.NotificationTemplates;
import io.fieldwright.notification.NotificationTemplates.InForce;
import io.fieldwright.notification.Text;
import io.fieldwright.people.SignedInPerson;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The wording of the caller's own organisation. */
@RestController
@RequestMapping("/api/v1/notification-templates/{event}/{language}")
@PreAuthorize("hasAuthority('notifications.write')")
class NotificationTemplateController {

    private static final String LANGUAGE = "[a-z]{2}";
    private static final String LANGUAGE_RULE = "must be an ISO 639-1 code";

    record ChangedTemplate(@NotBlank @Size(max = 200) String subject, @NotBlank @Size(max = 10_000) String body) {}

    /**
     * The text that readers of the language asked for are sent, which is the English one where nobody wrote theirs.
     * {@code organisation} is whose text it is: the caller's own, their corporate's, or none for a packaged one.
     */
    record TemplateView(
            NotificationEvent event,
            String language,
            String subject,
            String body,
            @Nullable String organisation,
            List<String> placeholders) {

        static TemplateView of(NotificationEvent event, InForce template) {
            return new TemplateView(
                    event,
                    template.language(),
                    template.text().subject(),
                    template.text().body(),
                    template.organisation(),
                    event.placeholders().stream().sorted().toList());
        }
    }

    private final NotificationTemplates templates;

    NotificationTemplateController(NotificationTemplates templates) {
        this.templates = templates;
    }

    @GetMapping
    ResponseEntity<TemplateView> get(
            @AuthenticationPrincipal SignedInPerson person,
            @PathVariable String event,
            @PathVariable @Pattern(regexp = LANGUAGE, message = LANGUAGE_RULE) String language) {
        NotificationEvent known = known(event);
        return answer(known, templates.get(person.organisation(), known, language));
    }

    @PutMapping
    ResponseEntity<TemplateView> change(
            @AuthenticationPrincipal SignedInPerson person,
            @PathVariable String event,
            @PathVariable @Pattern(regexp = LANGUAGE, message = LANGUAGE_RULE) String language,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedTemplate request) {
        NotificationEvent known = known(event);
        Text text = new Text(request.subject(), request.body());
        return answer(known, templates.write(person.organisation(), known, language, text, ifMatch));
    }

    private static NotificationEvent known(String event) {
        return Arrays.stream(NotificationEvent.values())
                .filter(candidate -> candidate.name().equals(event))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("notification event", event));
    }

    private static ResponseEntity<TemplateView> answer(NotificationEvent event, InForce template) {
        return EntityTag.ok(TemplateView.of(event, template), template.version());
    }
}
