package io.fieldwright.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.camunda.bpm.engine.impl.GetDeployedTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The forms of tasks. A form belongs to the version of its process, so what was read of it once stays true. */
@Component
class TaskForms {

    private record Origin(String processDefinitionId, String taskKey) {}

    private final ObjectMapper json;
    private final Cache<Origin, JsonNode> schemas =
            Caffeine.newBuilder().maximumSize(1_000).build();

    TaskForms(ObjectMapper json) {
        this.json = json;
    }

    /** The schema of the task's form, or null when it has none; only to be called within a command of the engine. */
    @Nullable
    JsonNode schemaOf(TaskEntity task) {
        TaskDefinition definition = task.getTaskDefinition();
        if (definition == null || definition.getCamundaFormDefinitionKey() == null && definition.getFormKey() == null) {
            return null;
        }
        return schemas.get(
                new Origin(task.getProcessDefinitionId(), task.getTaskDefinitionKey()), origin -> read(task));
    }

    /** The keys of the fields that the task's form asks for. */
    Set<String> fieldsOf(TaskEntity task) {
        Set<String> keys = new HashSet<>();
        JsonNode schema = schemaOf(task);
        if (schema != null) {
            collectKeys(schema, keys);
        }
        return keys;
    }

    private JsonNode read(TaskEntity task) {
        try (InputStream form =
                Context.getCommandContext().runWithoutAuthorization(new GetDeployedTaskFormCmd(task.getId()))) {
            return json.readTree(form);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "The form of the task %s is no JSON".formatted(task.getTaskDefinitionKey()), unreadable);
        }
    }

    private static void collectKeys(JsonNode component, Set<String> keys) {
        if (component.hasNonNull("key")) {
            keys.add(component.get("key").asText());
        }
        component.path("components").forEach(child -> collectKeys(child, keys));
    }
}
