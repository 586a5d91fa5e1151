package io.fieldwright.fieldwork.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Controller;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** The page on which field engineers work, with or without a network. */
@Controller
class FieldPages {

    static final String PATH = "/field";

    private static final String SHELL = PATH + "/shell.js";

    private final String shell;

    FieldPages(ObjectMapper json) throws IOException {
        this.shell = shell(json);
    }

    @GetMapping(PATH)
    String page() {
        return "field/page";
    }

    /** Tells the service worker what to keep for times without a network, and under which version. */
    @GetMapping(path = SHELL, produces = "text/javascript")
    @ResponseBody
    String shell() {
        return shell;
    }

    /** The version changes with the content, so that a phone fetches all files anew when any has changed. */
    private static String shell(ObjectMapper json) throws IOException {
        var resources = new PathMatchingResourcePatternResolver();
        Resource[] files = resources.getResources("classpath:/static/field/*.*");
        Arrays.sort(files, Comparator.comparing(Resource::getFilename));
        List<String> paths = new ArrayList<>(List.of(PATH, SHELL));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(
                resources.getResource("classpath:/templates/field/page.html").getContentAsByteArray());
        for (Resource file : files) {
            content.write(file.getContentAsByteArray());
            paths.add(PATH + "/" + file.getFilename());
        }
        return constant(json, "version", DigestUtils.md5DigestAsHex(content.toByteArray()))
                + constant(json, "files", paths);
    }

    private static String constant(ObjectMapper json, String name, Object value) throws JsonProcessingException {
        return "export const %s = %s;\n".formatted(name, json.writeValueAsString(value));
    }
}
