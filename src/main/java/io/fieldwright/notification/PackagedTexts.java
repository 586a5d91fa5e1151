package io.fieldwright.notification;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.stereotype.Component;

/** The English texts that hold until an organisation writes its own; a missing or faulty one stops the start. */
@Component
class PackagedTexts {

    private static final String FILE = "texts_en.properties";

    private final Map<NotificationEvent, Text> texts = new EnumMap<>(NotificationEvent.class);

    PackagedTexts() throws IOException {
        Properties lines = PropertiesLoaderUtils.loadProperties(
                new EncodedResource(new ClassPathResource(FILE, PackagedTexts.class), StandardCharsets.UTF_8));
        for (NotificationEvent event : NotificationEvent.values()) {
            Text text = new Text(line(lines, event + ".subject"), line(lines, event + ".body"));
            text.requirePlaceholders(event.placeholders());
            texts.put(event, text);
        }
    }

    private static String line(Properties lines, String key) {
        String line = lines.getProperty(key);
        if (line == null) {
            throw new IllegalStateException("%s has no %s".formatted(FILE, key));
        }
        return line;
    }

    Text text(NotificationEvent event) {
        return texts.get(event);
    }
}
