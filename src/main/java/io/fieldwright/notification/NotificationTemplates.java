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
     * The text that people who read one language are sent.
     *
     * @param language of the text: English where there is none in theirs
     * @param organisation whose text it is; null for a packaged one
     * @param version of the asking organisation's own text in that language, 0 while it has none
     */
    public record InForce(Text text, String language, @Nullable String organisation, long version) {}

    private final NotificationTemplateRepository templates;
    private final PackagedTexts packaged;

    NotificationTemplates(NotificationTemplateRepository templates, PackagedTexts packaged) {
        this.templates = templates;
        this.packaged = packaged;
    }

    @Transactional(readOnly = true)
    public InForce get(String organisation, NotificationEvent event, String language) {
        List<NotificationTemplate> written = written(organisation, event, withFallback(List.of(language)));
        return written.stream()
                .max(Comparator.comparing((NotificationTemplate template) ->
                                template.language().equals(language))
                        .thenComparing(template -> template.tenantId().equals(organisation)))
                .map(template -> new InForce(
                        template.text(),
                        template.language(),
                        template.tenantId(),
                        versionOf(own(written, organisation, language))))
                .orElseGet(() -> new InForce(packaged.text(event), Wording.FALLBACK, null, 0));
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
        Optional<NotificationTemplate> own =
                own(written(organisation, event, Set.of(language)), organisation, language);
        EntityTag.require(ifMatch, versionOf(own));
        NotificationTemplate template =
                own.orElseGet(() -> new NotificationTemplate(organisation, event, language, text));
        template.change(text);
        Optional<NotificationTemplate> saved = Optional.of(templates.saveAndFlush(template));
        return new InForce(text, language, organisation, versionOf(saved));
    }

    Wording wording(NotificationEvent event, String organisation, Collection<String> languages) {
        Map<String, Text> texts = new HashMap<>();
        texts.put(Wording.FALLBACK, packaged.text(event));
        written(organisation, event, withFallback(languages)).stream()
                .sorted(Comparator.comparing(template -> template.tenantId().equals(organisation)))
                .forEach(template -> texts.put(template.language(), template.text()));
        return new Wording(texts);
    }

    /** Own texts and the corporate's, which a circle's people may read here though not write. */
    private List<NotificationTemplate> written(String organisation, NotificationEvent event, Set<String> languages) {
        return TenantScope.asSystem(() -> templates.findInForce(organisation, event, languages));
    }

    private static Set<String> withFallback(Collection<String> languages) {
        Set<String> all = new HashSet<>(languages);
        all.add(Wording.FALLBACK);
        return all;
    }

    private static Optional<NotificationTemplate> own(
            List<NotificationTemplate> written, String organisation, String language) {
        return written.stream()
                .filter(template -> template.tenantId().equals(organisation)
                        && template.language().equals(language))
                .findFirst();
    }

    /** Rows count from 0, which here says that there is none. */
    private static long versionOf(Optional<NotificationTemplate> own) {
        return own.map(template -> template.version() + 1).orElse(0L);
    }
}
