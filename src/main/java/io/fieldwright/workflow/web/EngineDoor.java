package io.fieldwright.workflow.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets through what Tasklist, Cockpit, the Modeler and integrations need of the engine's interfaces, and nothing else. The
 * rest is for nobody's role here, and some of it knows no tenants: metrics count everybody's work, and
 * {@code identity/verify} and the web apps' own login try passwords past the throttle. What a new version of the engine
 * brings stays closed until it is named here.
 */
@PreMatching
class EngineDoor implements ContainerRequestFilter {

    private static final Set<String> OPEN = Set.of(
            "auth",
            "authorization",
            "decision-definition",
            "decision-requirements-definition",
            "deployment",
            "engine",
            "event-subscription",
            "execution",
            "filter",
            "group",
            "history",
            "identity",
            "incident",
            "job",
            "job-definition",
            "migration",
            "plugin",
            "process-definition",
            "process-instance",
            "task",
            "tenant",
            "user",
            "variable-instance",
            "version");

    /**
     * Exceptions within what is open. The last three count or find what everybody made of models that all share; work is
     * put on hold by the processes themselves, never by the engine alone.
     */
    private static final Pattern CLOSED = Pattern.compile("auth/user/[^/]+/login/.*"
            + "|identity/(verify|password-policy)"
            + "|history/(batch|case-[^/]+|cleanup|external-task-log)(/.*)?"
            + "|plugin/adminPlugins/.*"
            + "|(process-instance|job|job-definition)/.*suspended(-async)?"
            + "|history/[^/]+-definition/.*statistics"
            + "|history/[^/]+/cleanable-.*"
            + "|plugin/base/.*/called-process-definitions");

    /**
     * Incidents end when their step succeeds, tasks when they are completed. Asked to delete one, the engine says that it
     * cannot before it asks whose it is.
     */
    private static final Pattern NOT_DELETED = Pattern.compile("(incident|task)/[^/]+");

    /** Shared by all tenants; asked by their incidents they would tell of those of others. */
    private static final Pattern DEFINITIONS = Pattern.compile("process-definition(/count)?");

    private static final Pattern ENGINE = Pattern.compile("engine/[^/]+/");

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath().replaceAll("^/+|/+$", "");
        String resource = ENGINE.matcher(path).replaceFirst("");
        if (!OPEN.contains(resource.split("/", 2)[0])
                || CLOSED.matcher(resource).matches()
                || request.getMethod().equals("DELETE")
                        && NOT_DELETED.matcher(resource).matches()) {
            refuse(request, Response.Status.NOT_FOUND, "NotFoundException", "There is nothing at this address.");
        } else if (DEFINITIONS.matcher(resource).matches()
                && request.getUriInfo().getQueryParameters().keySet().stream()
                        .anyMatch(criterion -> criterion.startsWith("incident"))) {
            refuse(
                    request,
                    Response.Status.BAD_REQUEST,
                    "InvalidRequestException",
                    "Process definitions cannot be searched by incidents; search the incidents.");
        }
    }

    private static void refuse(ContainerRequestContext request, Response.Status status, String type, String message) {
        request.abortWith(Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Map.of("type", type, "message", message))
                .build());
    }
}
