package io.fieldwright.acceptance;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.fieldwright.acceptance.Endpoint.In;
import io.fieldwright.acceptance.Endpoint.Parameter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.camunda.bpm.engine.rest.dto.AbstractSearchQueryDto;
import org.camunda.bpm.engine.rest.dto.CamundaQueryParam;
import org.camunda.bpm.engine.rest.mapper.MultipartFormData;
import org.glassfish.jersey.server.ResourceConfig;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * The resources of engine REST and of the web apps' own interfaces, read from the JAX-RS applications that the servlet
 * container runs: each method of each resource and of what it leads to. A resource that is served under several
 * addresses is one endpoint.
 */
final class EngineEndpoints {

    private static final String ENGINE_NAME = "default";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JavaClasses implementations =
            new ClassFileImporter().importPackages("org.camunda.bpm.engine.rest", "org.camunda.bpm.cockpit");
    private final Map<String, Endpoint> found = new LinkedHashMap<>();

    private EngineEndpoints() {}

    /** @param engineRest the application under {@code base}, which the container knows no class of */
    static List<Endpoint> of(ServletContext container, ResourceConfig engineRest, String base) {
        EngineEndpoints endpoints = new EngineEndpoints();
        engineRest.getClasses().forEach(resource -> endpoints.root(resource, base));
        for (ServletRegistration servlet : container.getServletRegistrations().values()) {
            String application = servlet.getInitParameter("jakarta.ws.rs.Application");
            if (application != null) {
                servlet.getMappings().forEach(mapping -> resources(application)
                        .forEach(resource -> endpoints.root(resource, mapping.replace("/*", ""))));
            }
        }
        return List.copyOf(endpoints.found.values());
    }

    private static Set<Class<?>> resources(String application) {
        try {
            return ((Application)
                            Class.forName(application).getDeclaredConstructor().newInstance())
                    .getClasses();
        } catch (ReflectiveOperationException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private void root(Class<?> resource, String base) {
        Path path = AnnotatedElementUtils.findMergedAnnotation(resource, Path.class);
        if (path != null) {
            collect(resource, join(base, path.value()), List.of());
        }
    }

    private void collect(Class<?> resource, String address, List<Class<?>> within) {
        if (within.contains(resource) || resource == Object.class) {
            return;
        }
        List<Class<?>> inside =
                Stream.concat(within.stream(), Stream.of(resource)).toList();
        for (Method method : resource.getMethods()) {
            if (method.isBridge() || Modifier.isStatic(method.getModifiers())) {
                continue;
            }
            Method declared = described(method);
            if (declared == null) {
                continue;
            }
            Path path = declared.getAnnotation(Path.class);
            String here = path == null ? address : join(address, path.value());
            HttpMethod verb = AnnotatedElementUtils.findMergedAnnotation(declared, HttpMethod.class);
            if (verb == null) {
                collect(method.getReturnType(), here, inside);
            } else {
                add(verb.value(), here, method, declared);
            }
        }
    }

    /** The method itself or the one it overrides, whichever says what it is. */
    private static Method described(Method method) {
        Class<?> owner = method.getDeclaringClass();
        return Stream.concat(
                        Stream.concat(Stream.of(owner), Stream.ofNullable(owner.getSuperclass())),
                        Arrays.stream(ClassUtils.getAllInterfacesForClass(owner)))
                .map(type -> ClassUtils.getMethodIfAvailable(type, method.getName(), method.getParameterTypes()))
                .filter(one -> one != null)
                .filter(one -> one.isAnnotationPresent(Path.class)
                        || AnnotatedElementUtils.hasMetaAnnotationTypes(one, HttpMethod.class))
                .findFirst()
                .orElse(null);
    }

    private static String join(String base, String path) {
        return "/"
                + Stream.of((base + "/" + path).split("/(?![^{]*})"))
                        .filter(part -> !part.isEmpty())
                        .reduce((left, right) -> left + "/" + right)
                        .orElse("");
    }

    private void add(String verb, String address, Method method, Method declared) {
        String here = address.replaceAll("\\{(name|engine|engineName|processEngineName)}", ENGINE_NAME);
        String same = verb + " "
                + here.replaceFirst("^/(engine-rest|camunda/api/engine)(/engine/" + ENGINE_NAME + ")?/", "/engine/");
        Endpoint before = found.get(same);
        if (before != null) {
            List<String> addresses = new ArrayList<>(before.addresses());
            if (!addresses.contains(here)) {
                addresses.add(here);
            }
            found.put(
                    same,
                    new Endpoint(
                            verb, addresses, before.parameters(), before.contentType(), before.body(), before.query()));
            return;
        }
        List<Parameter> parameters = new ArrayList<>();
        Matcher names = Endpoint.IN_BRACES.matcher(here);
        while (names.find()) {
            String[] parts = here.substring(0, names.start()).split("/");
            parameters.add(new Parameter(In.PATH, names.group(1), parts[parts.length - 1], false, true));
        }
        ObjectNode body = null;
        String contentType = "application/json";
        boolean query = verb.equals("GET");
        Set<String> asked = new HashSet<>();
        for (java.lang.reflect.Parameter parameter : declared.getParameters()) {
            QueryParam asking = parameter.getAnnotation(QueryParam.class);
            if (asking != null) {
                if (parameter.getType() == String.class && asked.add(asking.value())) {
                    parameters.add(new Parameter(In.QUERY, asking.value(), resource(here), false, false));
                }
            } else if (parameter.getType() == UriInfo.class) {
                queries(method).forEach(type -> texts(type, parameters, resource(here), asked));
            } else if (Arrays.stream(parameter.getAnnotations()).noneMatch(annotation -> isInjected(annotation))) {
                body = JSON.createObjectNode();
                if (parameter.getType() == MultipartFormData.class) {
                    contentType = "multipart/form-data; boundary=part";
                    body.put("deployment-name", "text").put("tenant-id", "").put("data", "text");
                    parameters.add(new Parameter(In.BODY, "tenant-id", resource(here), false, false));
                } else {
                    query = AbstractSearchQueryDto.class.isAssignableFrom(parameter.getType());
                    Consumes consumes = declared.getAnnotation(Consumes.class);
                    contentType = consumes == null ? contentType : consumes.value()[0];
                    describe(
                            JSON.constructType(declared.getGenericParameterTypes()[
                                    Arrays.asList(declared.getParameters()).indexOf(parameter)]),
                            "",
                            resource(here),
                            body,
                            parameters,
                            0);
                }
            }
        }
        found.put(same, new Endpoint(verb, List.of(here), parameters, contentType, body, query));
    }

    private static boolean isInjected(Annotation annotation) {
        return annotation instanceof Context || annotation instanceof PathParam;
    }

    private static String resource(String address) {
        return Stream.of(address.split("/"))
                .filter(part -> !part.isEmpty() && !part.startsWith("{"))
                .reduce((left, right) -> right.equals("count") ? left : right)
                .orElse("");
    }

    /** The queries that an implementation of the method reads from the address. */
    private Set<Class<?>> queries(Method method) {
        Set<Class<?>> queries = new HashSet<>();
        for (JavaClass type : implementations) {
            if (!type.isAssignableTo(method.getDeclaringClass())) {
                continue;
            }
            for (JavaMethod one : type.getMethods()) {
                if (one.getName().equals(method.getName())) {
                    one.getConstructorCallsFromSelf().stream()
                            .map(call -> call.getTargetOwner())
                            .filter(owner -> owner.isAssignableTo(AbstractSearchQueryDto.class))
                            .forEach(owner -> queries.add(owner.reflect()));
                }
            }
        }
        return queries;
    }

    private static void texts(Class<?> query, List<Parameter> parameters, String resource, Set<String> asked) {
        for (Method setter : query.getMethods()) {
            CamundaQueryParam name = setter.getAnnotation(CamundaQueryParam.class);
            if (name == null || setter.getParameterCount() != 1) {
                continue;
            }
            Class<?> type = setter.getParameterTypes()[0];
            boolean many = type == String[].class || Collection.class.isAssignableFrom(type);
            if ((many || type == String.class) && !name.value().startsWith("sort") && asked.add(name.value())) {
                parameters.add(new Parameter(In.QUERY, name.value(), resource, many, false));
            }
        }
    }

    private void describe(
            JavaType type, String way, String resource, ObjectNode body, List<Parameter> parameters, int depth) {
        for (BeanPropertyDefinition property :
                JSON.getDeserializationConfig().introspect(type).findProperties()) {
            AnnotatedMember setter = property.getNonConstructorMutator();
            if (setter == null
                    || property.getName().startsWith("sort")
                    || property.getName().equals("objectMapper")) {
                continue;
            }
            JavaType of = property.getPrimaryType();
            JavaType item = of.isContainerType() && !of.isMapLikeType() ? of.getContentType() : of;
            if (item.hasRawClass(String.class) || item.hasRawClass(Object.class)) {
                parameters.add(new Parameter(In.BODY, way + property.getName(), resource, of.isContainerType(), false));
            } else if (property.getName().equals("instructions")) {
                body.withArray("/" + (way + "instructions").replace('.', '/'));
            } else if (depth == 0
                    && !of.isMapLikeType()
                    && item.getRawClass().getName().contains("camunda")
                    && !item.isEnumType()) {
                describe(item, way + property.getName() + ".", resource, body, parameters, depth + 1);
            }
        }
    }
}
