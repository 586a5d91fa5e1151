package io.fieldwright.workflow.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.api.Listing;
import io.fieldwright.workflow.UserTasks;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's own tasks; who is asked is decided by the process, so no further permission is needed. */
@RestController
@RequestMapping("/api/v1/tasks")
class TaskController {

    record TaskView(@JsonUnwrapped UserTasks.Offer task, @Nullable JsonNode form, Map<String, Object> variables) {}

    record Answers(@NotNull Map<String, Object> answers) {}

    private final UserTasks tasks;

    TaskController(UserTasks tasks) {
        this.tasks = tasks;
    }

    @GetMapping
    Listing<UserTasks.Offer> list(
            @RequestParam(required = false) @Nullable String processKey,
            @RequestParam(required = false) @Nullable String businessKey,
            @RequestParam(required = false) @Nullable String taskKey,
            @ParameterObject Pageable page) {
        return tasks.list(new UserTasks.Search(processKey, businessKey, taskKey), page);
    }

    @GetMapping("/{id}")
    TaskView get(@PathVariable String id) {
        UserTasks.Offer task = tasks.get(id);
        UserTasks.Form form = tasks.form(id);
        return new TaskView(task, form.schema(), form.variables());
    }

    @PostMapping("/{id}/claim")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void claim(@PathVariable String id) {
        tasks.claim(id);
    }

    @PostMapping("/{id}/unclaim")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unclaim(@PathVariable String id) {
        tasks.unclaim(id);
    }

    @PostMapping("/{id}/complete")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void complete(@PathVariable String id, @Valid @RequestBody Answers request) {
        tasks.complete(id, request.answers());
    }
}
