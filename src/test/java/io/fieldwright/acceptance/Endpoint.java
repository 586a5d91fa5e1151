package io.fieldwright.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwright.acceptance.Visitor.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that can be asked for over HTTP, as it was found in a description of an interface.
 *
 * @param addresses the same resource under every address it has; templates with {@code {names}} in braces
 * @param body what is sent when nothing else is known; null where there is none
 * @param query whether it only asks, be it with a body
 */
record Endpoint(
        String method,
        List<String> addresses,
        List<Parameter> parameters,
        String contentType,
        ObjectNode body,
        boolean query) {

    enum In {
        PATH,
        QUERY,
        BODY
    }

    /**
     * Where a value can be put. In a body {@code name} is the way to it, with dots.
     *
     * @param resource what the part of the address before it or the class around it is called
     * @param many whether a list is expected there
     */
    record Parameter(In in, String name, String resource, boolean many, boolean required) {

        /** The last part of the name, as programmers call the thing. */
        String word() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }

    static final Pattern IN_BRACES = Pattern.compile("\\{\\s*([\\w.-]+)\\s*(?::[^{}]*)?}");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether it can be asked by nothing but its address. */
    boolean reads() {
        return method.equals("GET") || method.equals("OPTIONS");
    }

    /** Whether the engine is told to do something and takes less than it can be told. */
    boolean commands() {
        return isOfEngine() && body != null && !query && contentType.contains("json");
    }

    boolean isOfEngine() {
        return !addresses.get(0).startsWith("/api/");
    }

    List<Parameter> path() {
        return parameters.stream()
                .filter(parameter -> parameter.in() == In.PATH)
                .toList();
    }

    /** A request at one of the addresses; whatever is not in {@code values} is filled in by {@code others}. */
    Request request(int address, ObjectNode sent, Map<Parameter, String> values, Function<Parameter, String> others) {
        StringBuilder path = new StringBuilder();
        Matcher names = IN_BRACES.matcher(addresses.get(address % addresses.size()));
        while (names.find()) {
            Parameter parameter = path().stream()
                    .filter(one -> one.name().equals(names.group(1)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(names.group(1) + " of " + this));
            String value = values.containsKey(parameter) ? values.get(parameter) : others.apply(parameter);
            names.appendReplacement(path, Matcher.quoteReplacement(encoded(value)));
        }
        names.appendTail(path);
        char separator = '?';
        for (Parameter parameter : parameters) {
            if (parameter.in() == In.QUERY && (parameter.required() || values.containsKey(parameter))) {
                String value = values.containsKey(parameter) ? values.get(parameter) : others.apply(parameter);
                path.append(separator).append(parameter.name()).append('=').append(encoded(value));
                separator = '&';
            }
        }
        return new Request(method, path.toString(), contentType, content(sent, values));
    }

    private String content(ObjectNode sent, Map<Parameter, String> values) {
        if (sent == null) {
            return null;
        }
        ObjectNode content = sent.deepCopy();
        values.forEach((parameter, value) -> {
            if (parameter.in() == In.BODY) {
                put(content, parameter, value);
            }
        });
        if (!contentType.startsWith("multipart/")) {
            return content.toString();
        }
        StringBuilder parts = new StringBuilder();
        content.fields()
                .forEachRemaining(
                        part -> parts.append("--part\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                                .formatted(part.getKey(), part.getValue().asText())));
        return parts.append("--part--\r\n").toString();
    }

    private static void put(ObjectNode content, Parameter parameter, String value) {
        String[] way = parameter.name().split("\\.");
        JsonNode at = content;
        for (int step = 0; step < way.length - 1; step++) {
            JsonNode next = at.get(way[step]);
            if (next instanceof ArrayNode list) {
                next = list.isEmpty() ? list.addObject() : list.get(0);
            } else if (!(next instanceof ObjectNode)) {
                next = ((ObjectNode) at).putObject(way[step]);
            }
            at = next;
        }
        if (at instanceof ObjectNode object) {
            JsonNode text = JSON.getNodeFactory().textNode(value);
            object.set(
                    way[way.length - 1],
                    parameter.many() ? JSON.createArrayNode().add(text) : text);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return method + " " + addresses.get(0);
    }
}
