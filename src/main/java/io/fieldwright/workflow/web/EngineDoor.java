package io.fieldwright.workflow.web;

import io.fieldwright.tenancy.TenantScope;
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
 * brings stays closed until it is named here. Somebody who is limited to some sites gets what the engine can narrow to
 * them, which is what Tasklist needs, and is refused the rest.
 */
@PreMatching
class EngineDoor implements ContainerRequestFilter {

    /** Asked by somebody who is limited to some sites, answers of these, or tells of models and people only. */
    private static final Set<String> NARROWED_TO_SITES = Set.of(
            "auth",
            "authorization",
            "decision-definition",
            "decision-requirements-definition",
            "deployment",
            "engine",
            "filter",
            "group",
            "identity",
            "plugin",
            "process-definition",
            "task",
            "tenant",
            "user",
            "version");

    /** Tells of the processes at all sites. */
    private static final Set<String> OF_ALL_SITES = Set.of(
            "event-subscription",
            "execution",
            "history",
            "incident",
            "job",
            "job-definition",
            "migration",
            "process-instance",
            "variable-instance");

    /** Of all sites too: counts, and what Cockpit asks besides its own files, which Tasklist has likewise. */
    private static final Pattern ALSO_OF_ALL_SITES =
            Pattern.compile("process-definition/(.*/)?statistics|plugin/(?![^/]+/static/).*");

    /**
     * Exceptions within what is open. Statistics, what history could be cleaned up and where a model is called count or
     * find what everybody made of models that all share; work is put on hold by the processes themselves, never by the
     * engine alone. Incidents come of steps that fail; asked to make one, the engine looks at the execution before it asks
     * whose it is.
     */
    private static final Pattern CLOSED = Pattern.compile("auth/user/[^/]+/login/.*"
            + "|identity/(verify|password-policy)"
            + "|history/(batch|case-[^/]+|cleanup|external-task-log)(/.*)?"
            + "|plugin/adminPlugins/.*"
            + "|(process-instance|job|job-definition)/.*suspended(-async)?"
            + "|execution/[^/]+/create-incident"
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
        String first = resource.split("/", 2)[0];
        boolean ofAllSites = OF_ALL_SITES.contains(first)
                || ALSO_OF_ALL_SITES.matcher(resource).matches();
        if (!ofAllSites && !NARROWED_TO_SITES.contains(first)
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
        } else if (ofAllSites) {
            TenantScope.requireAllSites();
        }
    }

    private static void refuse(ContainerRequestContext request, Response.Status status, String type, String message) {
        request.abortWith(Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Map.of("type", type, "message", message))
                .build());
    }
}
