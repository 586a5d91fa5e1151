package io.fieldwright.notification;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.TenantScope;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which words tell of an event: an organisation's own, else those of the corporate it belongs to, else the packaged
 * English ones.
 */
@Service
@Transactional
public class NotificationTemplates {

    /**
     * The text in force.
     *
     * @param organisation whose text it is; null for a packaged one
     * @param version of the asking organisation's own text, 0 while it has none
     */
    public record InForce(Text text, @Nullable String organisation, long version) {}

    private final NotificationTemplateRepository templates;
    private final PackagedTexts packaged;

    NotificationTemplates(NotificationTemplateRepository templates, PackagedTexts packaged) {
        this.templates = templates;
        this.packaged = packaged;
    }

    /** @throws Problem 404 when nobody wrote a text in this language */
    @Transactional(readOnly = true)
    public InForce get(String organisation, NotificationEvent event, String language) {
        Optional<NotificationTemplate> written =
                written(organisation, event, Set.of(language)).stream().max(ownLast(organisation));
        if (written.isPresent()) {
            return inForce(written.get(), organisation);
        }
        if (!language.equals(Wording.FALLBACK)) {
            throw Problem.notFound("text in the language", language);
        }
        return new InForce(packaged.text(event), null, 0);
    }

    /**
     * Has {@code organisation} tell of {@code event} in its own words.
     *
     * @param ifMatch the entity tag of the version that was read
     * @throws Problem 400 for an unknown placeholder, 412 or 428 as {@link EntityTag#require}
     */
    public InForce write(
            String organisation, NotificationEvent event, String language, Text text, @Nullable String ifMatch) {
        text.requirePlaceholders(event.placeholders());
        Optional<NotificationTemplate> own = written(organisation, event, Set.of(language)).stream()
                .filter(template -> template.tenantId().equals(organisation))
                .findFirst();
        EntityTag.require(ifMatch, own.map(NotificationTemplates::versionOf).orElse(0L));
        NotificationTemplate template =
                own.orElseGet(() -> new NotificationTemplate(organisation, event, language, text));
        template.change(text);
        return inForce(templates.saveAndFlush(template), organisation);
    }

    Wording wording(NotificationEvent event, String organisation, Collection<String> languages) {
        Set<String> asked = new HashSet<>(languages);
        asked.add(Wording.FALLBACK);
        Map<String, Text> texts = new HashMap<>();
        texts.put(Wording.FALLBACK, packaged.text(event));
        written(organisation, event, asked).stream()
                .sorted(ownLast(organisation))
                .forEach(template -> texts.put(template.language(), template.text()));
        return new Wording(texts);
    }

    /** Own texts and the corporate's, which a circle's people may read here though not write. */
    private List<NotificationTemplate> written(String organisation, NotificationEvent event, Set<String> languages) {
        return TenantScope.asSystem(() -> templates.findInForce(organisation, event, languages));
    }

    private static Comparator<NotificationTemplate> ownLast(String organisation) {
        return Comparator.comparing(template -> template.tenantId().equals(organisation));
    }

    private static InForce inForce(NotificationTemplate template, String organisation) {
        boolean own = template.tenantId().equals(organisation);
        return new InForce(template.text(), template.tenantId(), own ? versionOf(template) : 0);
    }

    /** Rows count from 0, which here says that there is none. */
    private static long versionOf(NotificationTemplate template) {
        return template.version() + 1;
    }
}
