package io.fieldwright.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwright.acceptance.Endpoint.In;
import io.fieldwright.acceptance.Endpoint.Parameter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The endpoints of the domain API, as the served OpenAPI document describes them. */
final class DomainEndpoints {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode description;

    private DomainEndpoints(JsonNode description) {
        this.description = description;
    }

    static List<Endpoint> of(JsonNode description) {
        DomainEndpoints endpoints = new DomainEndpoints(description);
        List<Endpoint> found = new ArrayList<>();
        description.get("paths").fields().forEachRemaining(path -> path.getValue()
                .fields()
                .forEachRemaining(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        found.add(endpoints.endpoint(path.getKey(), operation.getKey(), operation.getValue()));
                    }
                }));
        return found;
    }

    private Endpoint endpoint(String path, String method, JsonNode operation) {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            String in = parameter.get("in").asText();
            if (!in.equals("path") && !in.equals("query")) {
                continue;
            }
            JsonNode schema = resolved(parameter.path("schema"));
            String type = schema.path("type").asText();
            boolean text = type.equals("string") && !schema.has("enum");
            boolean texts = type.equals("array")
                    && resolved(schema.path("items")).path("type").asText().equals("string");
            if (in.equals("path") || text || texts) {
                String name = parameter.get("name").asText();
                parameters.add(new Parameter(
                        In.valueOf(in.toUpperCase(Locale.ROOT)),
                        name,
                        resource(path, name),
                        texts,
                        parameter.path("required").asBoolean()));
            }
        }
        ObjectNode body = null;
        String contentType = "application/json";
        JsonNode content = operation.path("requestBody").path("content");
        if (content.fieldNames().hasNext()) {
            contentType = content.fieldNames().next();
            JsonNode schema = resolved(content.path(contentType).path("schema"));
            body = JSON.createObjectNode();
            describe(schema, "", resource(path, ""), body, parameters, new HashSet<>());
        }
        return new Endpoint(method.toUpperCase(Locale.ROOT), List.of(path), parameters, contentType, body, false);
    }

    /** The part of the path before the parameter, or the first that says what the request is about. */
    private static String resource(String path, String parameter) {
        int at = path.indexOf("/{" + parameter + "}");
        String before = at < 0 ? path : path.substring(0, at);
        String[] parts = before.split("/");
        return at < 0 && parts.length > 3 ? parts[3] : parts[parts.length - 1];
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode found = schema;
        while (found.has("$ref")) {
            found = description.at(found.get("$ref").asText().substring(1));
        }
        return found;
    }

    private void describe(
            JsonNode schema,
            String way,
            String resource,
            ObjectNode body,
            List<Parameter> parameters,
            Set<JsonNode> within) {
        if (!within.add(schema)) {
            return;
        }
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        schema.path("properties").fields().forEachRemaining(property -> {
            String name = property.getKey();
            JsonNode described = resolved(property.getValue());
            JsonNode type = described.path("type");
            switch (type.isArray() ? type.get(0).asText() : type.asText()) {
                case "string" -> {
                    if (described.has("enum")) {
                        body.set(name, described.get("enum").get(0));
                    } else if (described.path("format").asText().equals("date")) {
                        body.put(name, LocalDate.now(ZoneOffset.UTC).toString());
                    } else {
                        body.put(name, "text");
                        parameters.add(new Parameter(In.BODY, way + name, resource, false, required.contains(name)));
                    }
                }
                case "integer", "number" -> body.put(name, 1);
                case "boolean" -> body.put(name, true);
                case "array" -> {
                    JsonNode item = resolved(described.path("items"));
                    if (item.path("type").asText().equals("string")) {
                        body.putArray(name);
                        parameters.add(new Parameter(In.BODY, way + name, resource, true, required.contains(name)));
                    } else if (item.has("properties")) {
                        describe(
                                item,
                                way + name + ".",
                                resource,
                                body.putArray(name).addObject(),
                                parameters,
                                within);
                    }
                }
                default -> {
                    ObjectNode nested = body.putObject(name);
                    if (described.has("properties")) {
                        describe(described, way + name + ".", resource, nested, parameters, within);
                    } else {
                        parameters.add(new Parameter(In.BODY, way + name + ".any", resource, false, false));
                    }
                }
            }
        });
        within.remove(schema);
    }

    /** What was sent to this endpoint by people of the organisation, if they did. */
    static ObjectNode sentBefore(Endpoint endpoint, List<Neighbourhood.Furnishing> furnishings, String organisation) {
        String pattern = Endpoint.IN_BRACES.matcher(endpoint.addresses().get(0)).replaceAll("[^/]+");
        ObjectNode sent = null;
        for (Neighbourhood.Furnishing furnishing : furnishings) {
            if (furnishing.organisation().equals(organisation)
                    && furnishing.request().method().equals(endpoint.method())
                    && furnishing.request().address().matches(pattern)) {
                try {
                    sent = JSON.readTree(furnishing.request().body()) instanceof ObjectNode object ? object : sent;
                } catch (JsonProcessingException noJson) {
                    // an upload, which names nothing
                }
            }
        }
        return sent;
    }
}
