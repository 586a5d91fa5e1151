package io.fieldwright.notification;

import java.util.Map;

/** The texts of one event that hold for one organisation, by language; there is always one in English. */
record Wording(Map<String, Text> texts) {

    static final String FALLBACK = "en";

    Text in(String language) {
        return texts.getOrDefault(language, texts.get(FALLBACK));
    }
}
