package io.fieldwright.workflow.web;

import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.exception.NotValidException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What the engine refuses, as the domain API's problems; its own wording stays inside. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class EngineProblemHandler {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> denied(AuthorizationException denied) {
        return answer(HttpStatus.FORBIDDEN, "You do not have the permission this needs.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> overtaken(OptimisticLockingException overtaken) {
        return answer(HttpStatus.CONFLICT, "Somebody else changed this at the same moment; read it again.");
    }

    @ExceptionHandler({
        BadUserRequestException.class,
        NotFoundException.class,
        NotValidException.class,
        NullValueException.class
    })
    ResponseEntity<ProblemDetail> invalid(RuntimeException invalid) {
        return answer(HttpStatus.BAD_REQUEST, "The process cannot do this with what was sent.");
    }

    private static ResponseEntity<ProblemDetail> answer(HttpStatus status, String detail) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, detail));
    }
}
