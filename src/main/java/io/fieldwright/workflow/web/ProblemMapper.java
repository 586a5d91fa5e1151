package io.fieldwright.workflow.web;

import io.fieldwright.api.Problem;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;

/** A refusal in the engine's own shape of errors, which Tasklist and the Modeler read their message from. */
class ProblemMapper implements ExceptionMapper<Problem> {

    @Override
    public Response toResponse(Problem problem) {
        return Response.status(problem.status().value())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Map.of("type", "Problem", "message", problem.getMessage(), "errors", problem.errors()))
                .build();
    }
}
